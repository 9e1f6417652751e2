package dev.rapport.events.storage;

import dev.rapport.events.problem.StartRefused;

/** The master key is missing, malformed or not the one that the event log's keys are wrapped by; nothing goes without it. */
public final class UnusableMasterKeyException extends StartRefused {

    private static final long serialVersionUID = 1;

    UnusableMasterKeyException(String complaint, String advice) {
        super(complaint, advice);
    }
}
