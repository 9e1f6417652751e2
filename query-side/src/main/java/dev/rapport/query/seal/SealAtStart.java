package dev.rapport.query.seal;

import dev.rapport.query.seal.LogVerifier.Scope;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the seal before it is gone on with. What does not match is told in the log and to whoever asks for the health; only a checkpoint
 * kept elsewhere that contradicts the seal keeps the log from being sealed, since the next signature would confirm the contradiction.
 */
final class SealAtStart {

    private static final Logger logger = LoggerFactory.getLogger(SealAtStart.class);

    private static final String NEWEST_PART = "the newest part of the log";
    private static final String KEPT = "the checkpoints kept elsewhere";

    private final LogVerifier verifier;
    private final SealStanding standing;

    SealAtStart(LogVerifier verifier, SealStanding standing) {
        this.verifier = verifier;
        this.standing = standing;
    }

    /** Verifies the newest part; whether the log may be sealed. */
    boolean allowsSealing() {
        Scope scope;
        try {
            scope = verifier.scope();
        } catch (ContradictedSeal contradicted) {
            tell("the seal", contradicted.getMessage() + ".");
            return false;
        }
        verifier.verifyNewest(scope).ifPresent(mismatch -> tell(NEWEST_PART, mismatch.detail()));
        Optional<LogMismatch> contradiction = verifier.verifyNewestKept(scope);
        contradiction.ifPresent(mismatch -> tell(
                KEPT,
                mismatch.detail()
                        + " Nothing is sealed until the file is moved away or the right log is brought back."));
        return contradiction.isEmpty();
    }

    private void tell(String what, String detail) {
        logger.error("THE SEAL OF THE EVENT LOG IS BROKEN: {}", detail);
        standing.trouble(what, detail);
    }
}
