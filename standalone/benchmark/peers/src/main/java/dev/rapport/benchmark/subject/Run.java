package dev.rapport.benchmark.subject;

/**
 * What came of putting load on a subject for a while.
 *
 * @param steps     how many were taken
 * @param nanos     how long it lasted
 * @param median    how long a step took, in nanoseconds
 * @param slowest1  how long the slowest hundredth took at least, in nanoseconds
 */
public record Run(long steps, long nanos, long median, long slowest1) {

    private static final double SECOND = 1e9;

    public static Run of(Durations durations, long nanos) {
        return new Run(durations.size(), nanos, durations.atMost(0.5), durations.atMost(0.99));
    }

    public double perSecond() {
        return steps * SECOND / nanos;
    }

    /** As a line that {@link #read} understands. */
    public String line() {
        return steps + " " + nanos + " " + median + " " + slowest1;
    }

    public static Run read(String line) {
        String[] parts = line.split(" ", -1);
        return new Run(
                Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3]));
    }
}
