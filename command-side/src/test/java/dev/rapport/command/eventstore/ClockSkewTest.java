package dev.rapport.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rapport.command.Await;
import dev.rapport.command.Database;
import dev.rapport.command.Node;
import dev.rapport.events.storage.ClockSkew;
import dev.rapport.events.storage.EventLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A node whose clock is not that of the event database. */
@ParameterizedClass
@EnumSource(Database.class)
@ExtendWith({Node.Sharing.class, OutputCaptureExtension.class})
class ClockSkewTest {

    private static final String ALARM = "THE CLOCK OF THIS NODE IS OFF";

    private final Node node;

    ClockSkewTest(Database database) {
        node = Node.shared(database);
    }

    /** The system's clock with another offset, which counts how often it was looked at. */
    private static final class OtherClock extends Clock {

        private final AtomicReference<Duration> offset;
        private final AtomicInteger looks = new AtomicInteger();

        OtherClock(Duration offset) {
            this.offset = new AtomicReference<>(offset);
        }

        @Override
        public Instant instant() {
            looks.incrementAndGet();
            return Instant.now().plus(offset.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        void awaitMoreLooks() {
            int before = looks.get();
            Await.until("the clock is looked at", () -> looks.get() > before + 6);
        }
    }

    private ClockSkew looking(Clock clock) {
        ClockSkew skew = new ClockSkew(node.get(EventLog.class), clock, Duration.ofMillis(5));
        skew.start();
        Await.until("the skew is known", () -> !Double.isNaN(skew.seconds()));
        return skew;
    }

    @Test
    void is_told_with_its_sign_and_in_seconds() {
        try (ClockSkew ahead = looking(new OtherClock(Duration.ofSeconds(61)));
                ClockSkew behind = looking(new OtherClock(Duration.ofSeconds(-61)))) {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            ahead.bindTo(registry);

            assertThat(registry.get("rapport.clock.skew").gauge().value()).isCloseTo(61, within(1.0));
            assertThat(behind.seconds()).isCloseTo(-61, within(1.0));
        }
    }

    @Test
    void is_said_loudly_once_until_it_is_over(CapturedOutput output) {
        OtherClock clock = new OtherClock(Duration.ofSeconds(7));
        try (ClockSkew _ = looking(clock)) {
            clock.awaitMoreLooks();
            assertThat(output.getAll()).containsOnlyOnce(ALARM);

            clock.offset.set(Duration.ZERO);
            clock.awaitMoreLooks();
            clock.offset.set(Duration.ofSeconds(-7));
            Await.until("it is said again", () -> output.getAll().split(ALARM, -1).length == 3);
        }
    }

    @Test
    void is_no_reason_for_an_alarm_below_five_seconds(CapturedOutput output) {
        OtherClock clock = new OtherClock(Duration.ofSeconds(4));
        try (ClockSkew _ = looking(clock)) {
            clock.awaitMoreLooks();
        }
        assertThat(output.getAll()).doesNotContain(ALARM);
    }
}
