package dev.rapport.command;

import dev.rapport.events.StreamName;

/** Something that Rapport is asked to do; what it decides about is the stream that it names. */
public interface DomainCommand {

    StreamName stream();

    /** The id that the answer names: of what the command makes or deals with. */
    String answersWith();
}
