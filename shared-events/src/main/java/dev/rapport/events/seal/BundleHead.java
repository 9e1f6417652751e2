package dev.rapport.events.seal;

import java.util.Optional;

/**
 * What a bundle says of the log as a whole.
 *
 * @param keys those of the log up to today's, which signs the bundle
 * @param checkpoint what all proofs of the bundle lead to
 * @param older a checkpoint that the auditor kept, and the proof that the log has only grown since
 */
public record BundleHead(LogKeys keys, SignedNote checkpoint, Optional<Older> older) {

    public BundleHead(LogKeys keys, SignedNote checkpoint) {
        this(keys, checkpoint, Optional.empty());
    }

    /**
     * An older checkpoint of the same log.
     *
     * @param proof from its size to that of the bundle's checkpoint
     */
    public record Older(SignedNote checkpoint, ConsistencyProof proof) {}
}
