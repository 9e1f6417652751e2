package dev.rapport.benchmark.subject;

/** What takes steps, and is measured at it. */
public interface Subject extends AutoCloseable {

    /**
     * Has relationships with a past, as fast as it can: this is not measured.
     *
     * @param events of each relationship
     */
    void fill(Past events) throws Exception;

    /** Takes a step that nobody took before; when it returns, the step is on disk. Called by several threads. */
    void take(Step step) throws Exception;

    @Override
    void close();
}
