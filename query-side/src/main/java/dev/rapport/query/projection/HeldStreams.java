package dev.rapport.query.projection;

import java.util.Set;
import org.springframework.stereotype.Component;

/** The streams of which a generation does not tell everything, since an event could not be projected. */
@Component
public class HeldStreams {

    private final DeadLetterTable deadLetters;

    HeldStreams(DeadLetterTable deadLetters) {
        this.deadLetters = deadLetters;
    }

    /** All of them, by the streams' names. */
    public Set<String> all() {
        return deadLetters.heldStreams();
    }
}
