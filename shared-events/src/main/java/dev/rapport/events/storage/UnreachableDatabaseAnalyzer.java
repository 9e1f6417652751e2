package dev.rapport.events.storage;

import dev.rapport.events.problem.SettingName;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;

/** Has a database that lets nobody in at the start, whichever of them, told in its driver's words, in the place of a stack trace. */
final class UnreachableDatabaseAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    /** Classes of SQL states: no connection, and nobody who may sign in. */
    private static final Set<String> CLASSES = Set.of("08", "28");

    /**
     * It is just starting, there is no such database, and those of H2: no such file, one that another process has, that a newer version wrote
     * or that can't be made or written.
     */
    private static final Set<String> STATES =
            Set.of("57P03", "3D000", "90013", "90020", "90031", "90048", "90062", "90146");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, SQLException failed) {
        SQLException ofDriver = innermost(failed);
        if (!letsNobodyIn(ofDriver.getSQLState())) {
            return null;
        }
        return new FailureAnalysis(
                "a database does not answer: " + words(ofDriver),
                "Start it, if it is not running, and see whether this says where it is, and as whom to sign in: "
                        + SettingName.joined(
                                ", ", List.of("rapport.events.url", "rapport.read.url", "rapport.audit.url"))
                        + ", each with username and password; and, where they are set, "
                        + SettingName.joined(
                                ", ", List.of("rapport.events.owner.username", "rapport.seal.role.username"))
                        + " with their passwords. A database in a file is in the data directory, which one"
                        + " process has at a time: " + new SettingName("rapport.data-dir") + ".",
                failed);
    }

    private static boolean letsNobodyIn(@Nullable String state) {
        return state != null && (STATES.contains(state) || CLASSES.stream().anyMatch(state::startsWith));
    }

    /** What a pool of connections says of it is only that it waited for one. */
    private static SQLException innermost(SQLException failed) {
        return failed.getCause() instanceof SQLException cause ? innermost(cause) : failed;
    }

    /** With the reason below, which the driver leaves out: that there is no such host, or that nothing came back from it. */
    private static String words(SQLException ofDriver) {
        Throwable reason = NestedExceptionUtils.getRootCause(ofDriver);
        return reason == null
                ? String.valueOf(ofDriver.getMessage())
                : ofDriver.getMessage() + " (" + reason.getClass().getSimpleName() + ": " + reason.getMessage() + ")";
    }
}
