package dev.rapport.query.evidence;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** Tells the time to those who score trust, to the microsecond, as rows are kept; and which day it is. */
public final class TrustClock {

    private final Clock clock;
    private final ZoneId zone;

    TrustClock(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    /** One that has stopped at a moment, to score trust as of then. */
    public TrustClock at(Instant moment) {
        return new TrustClock(Clock.fixed(moment, zone), zone);
    }

    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    public ZoneId zone() {
        return zone;
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
