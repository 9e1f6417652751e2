package dev.rapport.client.failure;

/** How a command ends, for whatever called it. */
public enum Exit {
    DONE(0),
    /** An import left lines out, or a bundle is not to be believed. */
    DONE_BUT(1),
    /** What was typed makes no sense. */
    MISUSED(2),
    /** Rapport answered, and the answer is no. */
    REFUSED(3),
    /** Rapport can't be reached, or broke off; the same command may succeed later. */
    UNREACHABLE(4),
    /** A file can't be read or written, or isn't what it should be. */
    FILE(5),
    /** The program is at fault. */
    FAULT(70);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
