package dev.rapport.events.storage;

import dev.rapport.events.problem.SettingName;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Has a database that lets nobody in at the start, whichever of them, told in its driver's words, in the place of a stack trace. */
final class UnreachableDatabaseAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    /**
     * No such user, no such database, and those of H2: no such user or file, a file that another process has, that a newer version wrote or
     * that can't be made or written.
     */
    private static final Set<String> REFUSED =
            Set.of("28000", "28P01", "3D000", "90013", "90020", "90031", "90048", "90062");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, SQLException failed) {
        if (!DatabaseAway.caused(failed) && !REFUSED.contains(String.valueOf(failed.getSQLState()))) {
            return null;
        }
        return new FailureAnalysis(
                "a database does not answer: " + innermost(failed).getMessage(),
                "Start it, if it is not running, and see whether this says where it is, and as whom to sign in: "
                        + Stream.of("rapport.events.url", "rapport.read.url", "rapport.audit.url")
                                .map(SettingName::new)
                                .map(SettingName::toString)
                                .collect(Collectors.joining(", "))
                        + ", each with username and password. A database in a file is in the data directory, which one"
                        + " process has at a time: " + new SettingName("rapport.data-dir") + ".",
                failed);
    }

    /** What a pool of connections says of it is only that it waited for one. */
    private static SQLException innermost(SQLException failed) {
        return failed.getCause() instanceof SQLException cause ? innermost(cause) : failed;
    }
}
