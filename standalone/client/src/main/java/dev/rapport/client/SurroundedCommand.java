package dev.rapport.client;

import dev.rapport.client.failure.Exit;
import java.util.concurrent.Callable;

/** A command, in its surroundings; it has a constructor that takes them. */
abstract class SurroundedCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    SurroundedCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    abstract Exit run() throws Exception;

    @Override
    public final Integer call() throws Exception {
        return run().code();
    }
}
