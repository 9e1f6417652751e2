package dev.rapport.benchmark;

import dev.rapport.benchmark.subject.Durations;
import java.io.IOException;
import java.util.function.IntFunction;

/** How long one request takes when there is no other, over a connection that is kept open. */
final class Timed {

    private static final int WARM_UP = Integer.getInteger("rapport.benchmark.unmeasured-requests", 200);
    private static final int REQUESTS = Integer.getInteger("rapport.benchmark.requests", 500);

    private Timed() {}

    /**
     * Sends requests one after the other.
     *
     * @param requests the request with a number, counted from 0
     * @param expected the status that each has to be answered with
     */
    static Durations of(int port, IntFunction<byte[]> requests, int expected) throws IOException {
        Durations durations = new Durations();
        try (Connection connection = new Connection(port)) {
            for (int number = 0; number < WARM_UP + REQUESTS; number++) {
                byte[] request = requests.apply(number);
                long begin = System.nanoTime();
                Connection.Answer answer = connection.send(request);
                long nanos = System.nanoTime() - begin;
                if (answer.status() != expected) {
                    throw new IllegalStateException("answered " + answer);
                }
                if (number >= WARM_UP) {
                    durations.add(nanos);
                }
            }
        }
        return durations;
    }

    /** In milliseconds, as in a table. */
    static String millis(long nanos) {
        return Sample.say(nanos / 1e6);
    }
}
