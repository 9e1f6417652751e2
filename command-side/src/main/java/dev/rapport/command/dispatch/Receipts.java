package dev.rapport.command.dispatch;

import java.time.Clock;
import java.time.Duration;

/** How long receipts are kept: a request can be repeated safely for a week. */
public final class Receipts {

    private static final Duration KEPT = Duration.ofDays(7);

    private final ReceiptTable table;
    private final Clock clock;

    Receipts(ReceiptTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /** Forgets those that have been kept long enough. */
    public void forgetOld() {
        table.forgetBefore(clock.instant().minus(KEPT));
    }
}
