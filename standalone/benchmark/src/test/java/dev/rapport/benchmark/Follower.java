package dev.rapport.benchmark;

import dev.rapport.benchmark.subject.Durations;
import dev.rapport.benchmark.subject.Past;
import dev.rapport.benchmark.subject.Step;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/**
 * Gives a command, asks for what came of it as soon as it is answered, and does so again: how long is it from a command's answer until a query
 * shows it?
 */
final class Follower {

    private static final int CREATED = 201;
    private static final int OK = 200;

    /** Beyond all steps that others take, so that no entry has two makers. */
    private static final int FIRST_STEP = 10_000_000;

    private final int port;
    private final Past past;
    private int given;

    Follower(int port, Past past) {
        this.port = port;
        this.past = past;
    }

    /** From each answer to a command to the answer of the query that shows it, for as long as is said. */
    Durations follow(BooleanSupplier goesOn) throws IOException {
        Durations durations = new Durations();
        try (Connection writing = new Connection(port);
                Connection reading = new Connection(port)) {
            while (goesOn.getAsBoolean()) {
                int number = given++;
                Step step = new Step(number % past.relationships(), FIRST_STEP + number, Step.Kind.INTERACTION);
                Connection.Answer written = expect(CREATED, writing.send(Requests.of(step)));
                byte[] query =
                        Requests.getSeeing(written.token(), "/api/v1/relationships/" + step.relationshipId(), "head");
                long answered = System.nanoTime();
                Connection.Answer shown = reading.send(query);
                durations.add(System.nanoTime() - answered);
                expect(OK, shown);
            }
        }
        return durations;
    }

    private static Connection.Answer expect(int status, Connection.Answer answer) {
        if (answer.status() != status) {
            throw new IllegalStateException("answered " + answer);
        }
        return answer;
    }
}
