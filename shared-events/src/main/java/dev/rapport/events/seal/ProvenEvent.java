package dev.rapport.events.seal;

/**
 * An event and where it is in the tree.
 *
 * @param proof against the checkpoint that it is handed out with
 */
public record ProvenEvent(SealedEvent event, InclusionProof proof) {}
