package dev.rapport.door;

/** What somebody has to set before a process can start. */
final class UnsetSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String complaint;
    private final String advice;

    UnsetSettingsException(String complaint, String advice) {
        super(complaint + "\n" + advice);
        this.complaint = complaint;
        this.advice = advice;
    }

    String complaint() {
        return complaint;
    }

    String advice() {
        return advice;
    }
}
