package dev.rapport.query.seal;

import dev.rapport.events.problem.Problem;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.http.QueryRefused;
import dev.rapport.query.seal.SealedLog.Signed;

/** What all queries of the seal ask first. */
final class Audit {

    static void requireAuditor(Viewer viewer) {
        if (!viewer.audits()) {
            throw QueryRefused.because(Problem.FORBIDDEN, "None of your roles may audit.");
        }
    }

    static Signed newest(SealedLog log) {
        return log.newestCheckpoint()
                .orElseThrow(() -> QueryRefused.because(Problem.UNAVAILABLE, "The log is not sealed yet."));
    }

    private Audit() {}
}
