package dev.rapport.command.relationship;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** What a day means in time, in the zone that the organization is configured for. */
public record DueDates(ZoneId zone) {

    /**
     * How long an imported commitment that is past its due day waits before it becomes overdue by itself: its end may follow later in the
     * file. The end of the import does not wait so long; this is for one that never got there.
     */
    static final Duration PATIENCE_WITH_IMPORTS = Duration.ofHours(1);

    /** The moment from which something due on a day is overdue: the start of the next day. */
    public Instant endOf(LocalDate day) {
        return startOf(day.plusDays(1));
    }

    public Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    public LocalDate dayOf(Instant moment) {
        return LocalDate.ofInstant(moment, zone);
    }
}
