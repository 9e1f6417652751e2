package dev.rapport.events.seal;

import java.util.Optional;

/**
 * An event as a bundle holds it.
 *
 * @param says what it says to those who may read its texts, as one line of JSON; nothing where nobody can read it. The log's owner signs for
 *     it, but it is not sealed: what is sealed are the texts as they are stored, encrypted
 */
public record BundledEvent(ProvenEvent proven, Optional<String> says) {

    /** Of such a line. */
    public BundledEvent {
        if (says.filter(line -> line.indexOf('\n') >= 0).isPresent()) {
            throw new IllegalArgumentException("what an event says is one line");
        }
    }
}
