package dev.rapport.events.seal;

/** Something sealed is not what was sealed; the message says, in words, what does not fit. */
public final class SealException extends RuntimeException {

    public SealException(String message) {
        super(message);
    }

    SealException(String message, Throwable cause) {
        super(message, cause);
    }
}
