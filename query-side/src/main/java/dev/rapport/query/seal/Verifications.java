package dev.rapport.query.seal;

import dev.rapport.events.seal.SignedNote;
import dev.rapport.query.seal.LogMismatch.Kind;
import dev.rapport.query.seal.LogVerifier.Scope;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The verifications that were asked for on this node: one runs at a time, the others wait, and the results of the last ones are kept until
 * the node stops.
 */
final class Verifications implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(Verifications.class);

    private static final int MOST_WAITING = 10;
    private static final int MOST_KEPT = 100;

    private final LogVerifier verifier;
    private final SealStanding standing;
    private final Clock clock;
    private final Map<String, Verification> known = new LinkedHashMap<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("verification").factory());
    private volatile boolean closed;

    Verifications(LogVerifier verifier, SealStanding standing, Clock clock) {
        this.verifier = verifier;
        this.standing = standing;
        this.clock = clock;
    }

    /** Begins one, unless there are too many already. */
    synchronized Optional<Verification> begin(String requestedBy, @Nullable SignedNote brought) {
        if (known.values().stream()
                        .filter(verification -> !verification.isOver())
                        .count()
                > MOST_WAITING) {
            return Optional.empty();
        }
        Verification verification =
                new Verification(UUID.randomUUID().toString(), requestedBy, clock.instant(), brought);
        known.put(verification.id(), verification);
        forgetTheOldest();
        worker.execute(() -> run(verification));
        return Optional.of(verification);
    }

    private void forgetTheOldest() {
        var oldestFirst = known.values().iterator();
        for (int tooMany = known.size() - MOST_KEPT; tooMany > 0 && oldestFirst.hasNext(); ) {
            if (oldestFirst.next().isOver()) {
                oldestFirst.remove();
                tooMany--;
            }
        }
    }

    synchronized Optional<Verification> find(String id) {
        return Optional.ofNullable(known.get(id));
    }

    private void run(Verification verification) {
        try {
            Scope scope = verifier.scope();
            verification.begins(scope.newest().size());
            verifier.verify(scope, verification.brought(), (events, checkpoints) -> {
                        verification.advanced(events, checkpoints);
                        return !closed;
                    })
                    .ifPresentOrElse(
                            mismatch -> {
                                if (isOurs(mismatch, verification)) {
                                    tell(mismatch.detail());
                                }
                                verification.differs(mismatch);
                            },
                            verification::matches);
        } catch (ContradictedSeal contradicted) {
            tell(contradicted.getMessage() + ".");
            verification.differs(LogMismatch.somewhere(Kind.SEAL_CHANGED, contradicted.getMessage() + "."));
        } catch (LogComparison.Abandoned abandoned) {
            verification.failed("Rapport was stopped");
        } catch (RuntimeException failure) {
            logger.error("Verification {} failed", verification.id(), failure);
            verification.failed("an error that is told in the log under this verification's id");
        }
    }

    /** What somebody brings may be wrong itself: that is for them to judge, and no reason to call everybody. */
    private static boolean isOurs(LogMismatch mismatch, Verification verification) {
        return mismatch.kind() != Kind.CHECKPOINT_CONTRADICTED || verification.brought() == null;
    }

    private void tell(String detail) {
        logger.error("THE SEAL OF THE EVENT LOG IS BROKEN: {}", detail);
        standing.trouble("a verification", detail);
    }

    /** Ends the one that runs, and waits for it to let go of the database. */
    @Override
    public void close() {
        closed = true;
        worker.close();
    }
}
