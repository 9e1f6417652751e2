package dev.rapport.events.storage;

/** The master key is missing, malformed or not the one that the event log's keys are wrapped by; nothing goes without it. */
public final class UnusableMasterKeyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusableMasterKeyException(String message) {
        super(message);
    }
}
