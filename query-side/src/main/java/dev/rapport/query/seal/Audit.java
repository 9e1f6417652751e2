package dev.rapport.query.seal;

import dev.rapport.events.problem.Problem;
import dev.rapport.events.seal.SealException;
import dev.rapport.query.http.QueryRefused;
import dev.rapport.query.seal.SealedLog.Signed;
import java.util.function.Supplier;

/**
 * What all queries of the seal have in common: what they say when the seal itself is broken. That only auditors ask them is seen to at the
 * entrance of the audit area.
 */
final class Audit {

    static <T> T answer(Supplier<T> answer) {
        try {
            return answer.get();
        } catch (ContradictedSeal | SealException broken) {
            throw QueryRefused.because(
                    Problem.CONFLICT, "The seal of the log is broken: " + broken.getMessage() + ". Verify the log.");
        }
    }

    static Signed newest(SealedLog log) {
        return log.newestCheckpoint()
                .orElseThrow(() -> QueryRefused.because(Problem.UNAVAILABLE, "The log is not sealed yet."));
    }

    private Audit() {}
}
