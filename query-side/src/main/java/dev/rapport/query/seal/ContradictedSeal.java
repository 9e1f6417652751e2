package dev.rapport.query.seal;

import org.jspecify.annotations.Nullable;

/** What is stored of the seal contradicts itself or what was signed before: nothing may be signed on top of it, for that would fork the log. */
final class ContradictedSeal extends RuntimeException {

    ContradictedSeal(String message) {
        this(message, null);
    }

    ContradictedSeal(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
