package dev.rapport.query.rebuild;

import java.io.Console;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the log how far a rebuild has come: as a bar that grows where a person watches a terminal, else as a line now and then. */
final class ProgressOfRebuild {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressOfRebuild.class);

    private static final int WIDTH = 40;
    private static final double STEP = 10;

    private double told = -STEP;

    @SuppressWarnings("SystemConsoleNull") // it is null again since JDK 25, where output goes to a file
    void tell(Rebuild rebuild) {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            console.printf("\r%s%s", bar(rebuild), rebuild.state().isEnd() ? "\n" : "");
        } else if (rebuild.percent() >= told + STEP) {
            told = rebuild.percent();
            LOG.info("Rebuild {}: {}", rebuild.id(), bar(rebuild));
        }
    }

    static String bar(Rebuild rebuild) {
        int full = (int) (rebuild.percent() / 100 * WIDTH);
        Long left = rebuild.secondsLeft();
        return "[%s%s] %5.1f %% %s, %d of %d events, %.0f events/s%s"
                .formatted(
                        "#".repeat(full),
                        ".".repeat(WIDTH - full),
                        rebuild.percent(),
                        rebuild.state().name().toLowerCase(Locale.ROOT),
                        rebuild.eventsDone(),
                        rebuild.events(),
                        rebuild.eventsPerSecond(),
                        left == null ? "" : ", " + left + " s left");
    }
}
