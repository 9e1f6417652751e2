package dev.rapport.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log while events gather: it seems to have ended, for who looks, and tells when it has not. */
class The_pauses_of_the_log {

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    private final AtomicLong now = new AtomicLong();
    private final Gathering gathering = new Gathering(500, now::get);
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final Events events = new Events();
    private final Semaphore calls = new Semaphore(0);
    private BlockingStream<TrackedEventMessage<?>> stream;

    /** Events that are there, and whoever is to be told of them. */
    private static final class Events
            implements StreamableMessageSource<TrackedEventMessage<?>>, BlockingStream<TrackedEventMessage<?>> {

        private final Deque<TrackedEventMessage<?>> left = new ArrayDeque<>();
        private Runnable onAvailable = () -> {};

        void happen() {
            left.add(new GenericTrackedEventMessage<>(
                    new GlobalSequenceTrackingToken(1), GenericEventMessage.asEventMessage("something")));
            onAvailable.run();
        }

        @Override
        public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
            return this;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return Optional.ofNullable(left.peek());
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) {
            return !left.isEmpty();
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() {
            return left.remove();
        }

        @Override
        public boolean setOnAvailableCallback(Runnable callback) {
            onAvailable = callback;
            return true;
        }

        @Override
        public void close() {
            left.clear();
        }
    }

    @BeforeEach
    void follow() {
        stream = new GatheredLog(events, gathering, timer).openStream(null);
        assertThat(stream.setOnAvailableCallback(calls::release)).isTrue();
    }

    @AfterEach
    void end() {
        timer.shutdownNow();
    }

    private void useUpTheShare() {
        var batch = gathering.begin(1, 1);
        later(Duration.ofSeconds(1));
        batch.end();
    }

    private void later(Duration time) {
        now.addAndGet(time.toNanos());
    }

    /** Holds the timer until the latch is let go of. */
    private CountDownLatch nothingIsToldWhile() {
        var held = new CountDownLatch(1);
        timer.execute(() -> await(held));
        return held;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void are_none_while_there_is_time_for_small_batches() {
        events.happen();

        assertThat(calls.tryAcquire()).isTrue();
        assertThat(stream.hasNextAvailable()).isTrue();
        assertThat(timer.getQueue()).isEmpty();
    }

    @Test
    void look_like_the_end_of_it_and_tell_when_they_are_over() throws InterruptedException {
        CountDownLatch looking = nothingIsToldWhile();
        useUpTheShare();
        events.happen();

        assertThat(stream.hasNextAvailable()).isFalse();
        assertThat(calls.availablePermits()).isZero();

        looking.countDown();
        later(LONGEST_PAUSE);
        assertThat(calls.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
        assertThat(stream.hasNextAvailable()).isTrue();
    }

    @Test
    void tell_once_however_often_somebody_looks() throws InterruptedException {
        CountDownLatch looking = nothingIsToldWhile();
        useUpTheShare();
        for (int look = 0; look < 3; look++) {
            assertThat(stream.hasNextAvailable()).isFalse();
            events.happen();
        }
        later(LONGEST_PAUSE);
        looking.countDown();

        assertThat(calls.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
        timer.shutdown();
        assertThat(timer.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(calls.availablePermits()).isZero();
    }

    @Test
    void come_again_and_tell_again() throws InterruptedException {
        for (int pause = 0; pause < 3; pause++) {
            useUpTheShare();
            events.happen();
            assertThat(stream.hasNextAvailable()).isFalse();
            later(LONGEST_PAUSE);
            assertThat(calls.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
            assertThat(stream.hasNextAvailable()).isTrue();
            stream.nextAvailable();
        }
    }

    @Test
    void are_not_for_who_takes_what_is_there() throws InterruptedException {
        events.happen();
        useUpTheShare();

        assertThat(stream.peek()).isPresent();
        assertThat(stream.hasNextAvailable(0, TimeUnit.SECONDS)).isTrue();
        assertThat(stream.nextAvailable()).isNotNull();
    }
}
