package dev.rapport.query.seal;

import dev.rapport.events.seal.SignedNote;
import java.io.IOException;

/** Somewhere else, where checkpoints are kept out of reach of whoever owns the database. */
interface CheckpointDestination {

    /** What to call it when something is wrong with it. */
    String name();

    void deliver(SignedNote checkpoint) throws IOException, InterruptedException;
}
