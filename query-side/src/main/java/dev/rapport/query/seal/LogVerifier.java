package dev.rapport.query.seal;

import dev.rapport.events.seal.Checkpoint;
import dev.rapport.events.seal.LogKeys;
import dev.rapport.events.seal.SealException;
import dev.rapport.events.seal.SignedNote;
import dev.rapport.events.seal.VerifierKey;
import dev.rapport.events.storage.EventLog;
import dev.rapport.query.seal.LogMismatch.Kind;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Verifies the log: against its own seal, and that against the checkpoints that were kept elsewhere. */
final class LogVerifier {

    /** How much of the log is verified at each start, in tiles. */
    private static final int NEWEST_TILES = 4;

    private final EventLog log;
    private final SealTable table;
    private final @Nullable CheckpointFile file;
    private final @Nullable VerifierKey own;

    /**
     * @param file where checkpoints are kept, if anywhere
     * @param own the key that this node signs with, if it does: kept apart from the database, it tells who else has signed
     */
    LogVerifier(EventLog log, SealTable table, @Nullable CheckpointFile file, @Nullable VerifierKey own) {
        this.log = log;
        this.table = table;
        this.file = file;
        this.own = own;
    }

    /** What a verification is about: everything up to one checkpoint. */
    record Scope(LogKeys keys, Checkpoint newest) {}

    /**
     * The newest checkpoint, by which the rest is judged.
     *
     * @throws ContradictedSeal when there is none that can be trusted
     */
    Scope scope() {
        LogKeys keys = table.keys().orElseThrow(() -> new ContradictedSeal("the log has no seal"));
        if (own != null && !keys.keys().contains(own)) {
            throw new ContradictedSeal("the log is sealed with the key " + keys.current() + ", and never was with "
                    + own + ", the key of this node: it was sealed anew");
        }
        try {
            return new Scope(
                    keys,
                    keys.verify(table.newestCheckpoint()
                            .orElseThrow(() -> new ContradictedSeal("the seal has lost its checkpoints"))
                            .signed()));
        } catch (IllegalArgumentException | SealException wrong) {
            throw new ContradictedSeal(
                    "the newest checkpoint is not one that was signed: " + wrong.getMessage(), wrong);
        }
    }

    /** Verifies everything; of checkpoints kept elsewhere, those in the file and one that somebody brings. */
    Optional<LogMismatch> verify(Scope scope, @Nullable SignedNote brought, LogComparison.Progress progress) {
        KeptCheckpoints kept = new KeptCheckpoints(table, scope.keys());
        return LogComparison.from(0, log, table, scope.keys(), scope.newest(), progress)
                .or(() -> contradiction(kept, take -> {
                    if (file != null) {
                        file.read(take);
                    }
                    if (brought != null) {
                        take.accept(brought);
                    }
                }));
    }

    /** Verifies the newest part of the log against its seal. */
    Optional<LogMismatch> verifyNewest(Scope scope) {
        long tile = scope.newest().size() / Tile.WIDTH;
        long from = Math.max(0, tile - NEWEST_TILES + 1) * Tile.WIDTH;
        return LogComparison.from(from, log, table, scope.keys(), scope.newest(), LogComparison.Progress.UNWATCHED);
    }

    /** Verifies the seal against the newest checkpoints in the file. */
    Optional<LogMismatch> verifyNewestKept(Scope scope) {
        return file == null
                ? Optional.empty()
                : contradiction(new KeptCheckpoints(table, scope.keys()), file::readNewest);
    }

    private static Optional<LogMismatch> contradiction(KeptCheckpoints kept, Consumer<Consumer<SignedNote>> source) {
        try {
            source.accept(kept::compare);
            return kept.contradiction();
        } catch (ContradictedSeal contradicted) {
            return Optional.of(LogMismatch.somewhere(Kind.SEAL_CHANGED, contradicted.getMessage() + "."));
        }
    }
}
