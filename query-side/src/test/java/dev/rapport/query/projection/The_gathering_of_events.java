package dev.rapport.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long events wait for others to come into the same batch. */
class The_gathering_of_events {

    private static final int FEW = 3;
    private static final int MANY = 200;
    private static final int SEGMENTS = 4;

    private final AtomicLong now = new AtomicLong(-5);
    private final Gathering gathering = new Gathering(500, now::get);

    private void batch(long millis, int events) {
        var batch = gathering.begin(events, SEGMENTS);
        later(millis);
        batch.end();
    }

    private void later(long millis) {
        now.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    private long pauseInMillis() {
        return Duration.ofNanos(gathering.pause()).toMillis();
    }

    /** As many at the same time as there are segments. */
    private List<Gathering.Batch> batchesSideBySide() {
        return Stream.generate(() -> gathering.begin(FEW, SEGMENTS))
                .limit(SEGMENTS)
                .toList();
    }

    private void batchesSideBySide(long millis) {
        var batches = batchesSideBySide();
        later(millis);
        batches.forEach(Gathering.Batch::end);
    }

    @Test
    void does_not_begin_when_they_come_one_by_one() {
        for (int event = 0; event < 1_000; event++) {
            batch(8, 1);
            assertThat(pauseInMillis()).isZero();
            later(2);
        }
    }

    @Test
    void begins_when_small_batches_take_more_than_their_share() {
        batchesSideBySide(10);
        assertThat(pauseInMillis()).as("what was kept is used first").isZero();
        batchesSideBySide(10);
        assertThat(pauseInMillis()).isEqualTo(10);
    }

    @Test
    void begins_while_they_are_written() {
        batchesSideBySide();
        later(10);
        assertThat(pauseInMillis()).isZero();
        later(10);
        assertThat(pauseInMillis()).isEqualTo(10);
    }

    @Test
    void ends_when_the_share_has_come_up_to_what_was_taken() {
        batchesSideBySide(20);
        later(9);
        assertThat(pauseInMillis()).isEqualTo(1);
        later(1);
        assertThat(pauseInMillis()).isZero();
    }

    @Test
    void never_takes_longer_than_a_tenth_of_a_second_however_much_was_taken() {
        for (int round = 0; round < 100; round++) {
            batchesSideBySide(90);
            batchesSideBySide(5_000);
            assertThat(pauseInMillis()).isEqualTo(100);
            batchesSideBySide(60);
            assertThat(pauseInMillis()).isEqualTo(40);
            batchesSideBySide(40);
            assertThat(pauseInMillis()).isZero();
        }
    }

    @Test
    void does_not_go_on_for_batches_that_are_stuck_and_lets_through_all_that_came_meanwhile() {
        batchesSideBySide();
        later(3_600_000);
        assertThat(pauseInMillis()).isEqualTo(100);
        later(100);
        assertThat(pauseInMillis()).isZero();
        later(10);
        assertThat(pauseInMillis()).isZero();
    }

    @Test
    void is_over_when_somebody_is_behind() {
        batchesSideBySide(30);
        assertThat(pauseInMillis()).isPositive();
        var large = gathering.begin(MANY, SEGMENTS);
        assertThat(pauseInMillis()).isZero();
        large.end();
        assertThat(pauseInMillis()).isPositive();
    }

    @Test
    void is_of_no_use_to_large_batches() {
        for (int round = 0; round < 100; round++) {
            batch(1_000, MANY);
            batch(1_000, MANY);
            assertThat(pauseInMillis()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 500, 100", "4, 20, 20", "16, 500, 32", "2000, 500, 1", "1, 1, 1"})
    void is_of_no_use_to_batches_that_are_as_large_as_can_be(int segments, int batchSize, int large) {
        assertThat(pauseAfterMany(large, segments, batchSize)).isZero();
        if (large > 1) {
            assertThat(pauseAfterMany(large - 1, segments, batchSize)).isPositive();
        }
    }

    private long pauseAfterMany(int events, int segments, int batchSize) {
        var gathering = new Gathering(batchSize, now::get);
        for (int batch = 0; batch < 2 * segments; batch++) {
            gathering.begin(events, segments);
        }
        later(90);
        return gathering.pause();
    }

    @Test
    void leaves_a_single_segment_half_of_the_time() {
        var first = gathering.begin(FEW, 1);
        later(90);
        first.end();
        assertThat(pauseInMillis()).as("what was kept").isZero();
        var second = gathering.begin(FEW, 1);
        later(30);
        second.end();
        assertThat(pauseInMillis()).isEqualTo(20);
    }

    @Test
    void does_not_owe_to_a_quiet_night_that_the_morning_is_not_gathered() {
        later(Duration.ofHours(8).toMillis());
        batchesSideBySide(20);
        assertThat(pauseInMillis()).isEqualTo(10);
    }
}
