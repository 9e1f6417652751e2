package dev.rapport.events.problem;

/** A process can't start, which whoever runs it can mend: it is told in words what is wrong and what to do, and not where in the code that was found. */
public class StartRefused extends IllegalStateException {

    private static final long serialVersionUID = 1;

    private final String complaint;
    private final String advice;

    /**
     * A start that has to wait for somebody.
     *
     * @param complaint what is wrong
     * @param advice what to do
     */
    public StartRefused(String complaint, String advice) {
        super(complaint + ": " + advice);
        this.complaint = complaint;
        this.advice = advice;
    }

    public StartRefused(String complaint, String advice, Throwable cause) {
        super(complaint + ": " + advice, cause);
        this.complaint = complaint;
        this.advice = advice;
    }

    public String complaint() {
        return complaint;
    }

    public String advice() {
        return advice;
    }
}
