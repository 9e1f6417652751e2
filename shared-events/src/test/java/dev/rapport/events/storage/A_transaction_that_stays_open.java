package dev.rapport.events.storage;

import static dev.rapport.events.storage.TestLog.anEvent;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A transaction held open for as long as {@code -Dheld-open=PT3M} says, while others append (or wait to, on H2), and the writers' clocks
 * are a day off. Axon gives up on such an event after a minute.
 */
@ParameterizedClass
@EnumSource
class A_transaction_that_stays_open {

    private static final Duration HELD_OPEN = Duration.parse(System.getProperty("held-open", "PT0.3S"));

    @Parameter
    Database database;

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void is_waited_for_however_long_and_whatever_the_clocks_show(int daysOff) throws Exception {
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(daysOff));
        var committed = new ConcurrentLinkedQueue<String>();
        List<String> followed = new ArrayList<>();
        try (var test = new TestLog(database);
                var other = test.ofAnotherProcess();
                var stream = other.openStream(null);
                var threads = Executors.newSingleThreadExecutor()) {
            var held = test.writer(clock);
            var late = anEvent();
            held.append(late);

            Instant until = Instant.now().plus(HELD_OPEN);
            Future<?> traffic = threads.submit(() -> {
                try (var writer = new Writer(test.log, test.dataSource, Clock.systemUTC())) {
                    do {
                        var event = anEvent();
                        writer.append(event);
                        writer.commit();
                        committed.add(event.getIdentifier());
                        LockSupport.parkNanos(2_000_000);
                    } while (Instant.now().isBefore(until));
                }
            });
            while (Instant.now().isBefore(until)) {
                assertThat(stream.hasNextAvailable(20, TimeUnit.MILLISECONDS)).isFalse();
            }
            held.commit();
            traffic.get(1, TimeUnit.MINUTES);

            while (followed.size() <= committed.size() && stream.hasNextAvailable(30, TimeUnit.SECONDS)) {
                followed.add(stream.nextAvailable().getIdentifier());
            }
            assertThat(followed).first().isEqualTo(late.getIdentifier());
            assertThat(followed.subList(1, followed.size())).containsExactlyElementsOf(committed);
        }
    }
}
