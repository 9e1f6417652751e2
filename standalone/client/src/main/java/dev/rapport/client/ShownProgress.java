package dev.rapport.client;

import dev.rapport.client.imports.Counts;
import dev.rapport.client.imports.Progress;
import java.time.Duration;
import java.util.Locale;

/** Shows how far an import is: as a bar where somebody looks on, as a line now and then where it goes to a log. */
final class ShownProgress implements Progress {

    private static final int BAR = 30;
    private static final Duration BETWEEN_BARS = Duration.ofMillis(100);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final String CLEARED = "\r\u001B[K";

    private final Surroundings surroundings;
    private final boolean isBar;
    private final long began = System.nanoTime();
    private long shown = began;
    private boolean isOpen;
    private long firstItems = -1;

    ShownProgress(Surroundings surroundings, boolean isBar) {
        this.surroundings = surroundings;
        this.isBar = isBar;
    }

    @Override
    public synchronized void at(Counts counts, long bytes, long size) {
        if (firstItems < 0) {
            firstItems = counts.items() - 1;
        }
        long now = System.nanoTime();
        if (now - shown < (isBar ? BETWEEN_BARS : BETWEEN_LINES).toNanos()) {
            return;
        }
        shown = now;
        double part = size == 0 ? 1 : Math.min(1.0, (double) bytes / size);
        double seconds = (now - began) / 1e9;
        String rate = seconds > 0 ? String.format(Locale.ROOT, "%,.0f/s", (counts.items() - firstItems) / seconds) : "";
        String told = String.format(
                Locale.ROOT,
                "%3.0f %%  %,d done, %,d left out  %s",
                part * 100,
                counts.items(),
                counts.refused() + counts.unusable(),
                rate);
        if (isBar) {
            int full = (int) Math.round(part * BAR);
            surroundings.err().print(CLEARED + "[" + "#".repeat(full) + " ".repeat(BAR - full) + "] " + told);
            surroundings.err().flush();
            isOpen = true;
        } else {
            surroundings.say(told.strip());
        }
    }

    @Override
    public synchronized void say(String words) {
        close();
        surroundings.say(words);
    }

    /** Takes the bar away. */
    synchronized void close() {
        if (isOpen) {
            surroundings.err().print(CLEARED);
            isOpen = false;
        }
    }
}
