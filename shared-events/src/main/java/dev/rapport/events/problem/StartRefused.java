package dev.rapport.events.problem;

import org.jspecify.annotations.Nullable;

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
        this(complaint, advice, null);
    }

    public StartRefused(String complaint, String advice, @Nullable Throwable cause) {
        super(complaint + (complaint.endsWith(".") ? " " : ": ") + advice, cause);
        this.complaint = complaint;
        this.advice = advice;
    }

    /**
     * What to do when nothing can be written where a setting says.
     *
     * @param kind of what it names, such as a file
     */
    public static String adviceToWrite(SettingName setting, String kind) {
        return "have whoever runs Rapport be allowed to write there, or set " + setting + " to another " + kind;
    }

    public String complaint() {
        return complaint;
    }

    public String advice() {
        return advice;
    }
}
