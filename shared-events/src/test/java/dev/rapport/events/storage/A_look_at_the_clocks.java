package dev.rapport.events.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** What the skew of the clocks is said to be, by how long the database takes to tell its time. */
class A_look_at_the_clocks {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    private Duration way = Duration.ZERO;
    private Duration databaseIsAhead = Duration.ZERO;
    private long nanos;

    /** It looks at its own clock just before it answers, which is as bad as it gets. */
    private Instant databaseTime() {
        nanos += way.toNanos();
        return NOW.plus(databaseIsAhead);
    }

    private final ClockSkew skew =
            new ClockSkew(this::databaseTime, Clock.fixed(NOW, ZoneOffset.UTC), () -> nanos, Duration.ofSeconds(10));

    @Test
    void is_off_by_no_more_than_half_of_the_way() {
        way = Duration.ofMillis(800);
        skew.look();

        assertThat(skew.seconds()).isCloseTo(0, within(0.4));
        assertThat(skew.isTooFar()).isFalse();
    }

    @Test
    void takes_no_slow_way_for_a_skew() {
        databaseIsAhead = Duration.ofSeconds(1);
        skew.look();
        way = Duration.ofSeconds(20);
        databaseIsAhead = Duration.ofSeconds(-15);
        skew.look();

        assertThat(skew.seconds()).isEqualTo(-1);
        assertThat(skew.isTooFar()).isFalse();
    }

    @Test
    void knows_nothing_as_long_as_every_way_was_slow() {
        way = Duration.ofSeconds(2);
        skew.look();

        assertThat(skew.seconds()).isNaN();
    }

    @Test
    void alarms_when_no_way_would_explain_the_skew() {
        way = Duration.ofMillis(800);
        databaseIsAhead = Duration.ofSeconds(6);
        skew.look();

        assertThat(skew.seconds()).isCloseTo(-6, within(0.4));
        assertThat(skew.isTooFar()).isTrue();
    }
}
