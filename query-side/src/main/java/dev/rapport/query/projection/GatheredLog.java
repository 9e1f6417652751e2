package dev.rapport.query.projection;

import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * The log for the processor: it seems to have come to an end while {@link Gathering} has a pause, and calls when the pause is over. So
 * nothing but the reading waits; claims, and segments that failed, are seen to meanwhile. Axon's status of a segment may say in a pause that it
 * has caught up when it has not.
 */
final class GatheredLog implements StreamableMessageSource<TrackedEventMessage<?>> {

    private final StreamableMessageSource<TrackedEventMessage<?>> log;
    private final Gathering gathering;
    private final ScheduledExecutorService timer;

    GatheredLog(
            StreamableMessageSource<TrackedEventMessage<?>> log, Gathering gathering, ScheduledExecutorService timer) {
        this.log = log;
        this.gathering = gathering;
        this.timer = timer;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        return new WithPauses(log.openStream(token));
    }

    @Override
    public TrackingToken createTailToken() {
        return log.createTailToken();
    }

    @Override
    public TrackingToken createHeadToken() {
        return log.createHeadToken();
    }

    private final class WithPauses implements BlockingStream<TrackedEventMessage<?>> {

        private final BlockingStream<TrackedEventMessage<?>> stream;
        private final AtomicBoolean isCallDue = new AtomicBoolean();
        private volatile Runnable onAvailable = () -> {};

        WithPauses(BlockingStream<TrackedEventMessage<?>> stream) {
            this.stream = stream;
        }

        @Override
        public boolean hasNextAvailable() {
            return !isPausing() && stream.hasNextAvailable();
        }

        private boolean isPausing() {
            long pause = gathering.pause();
            if (pause > 0 && isCallDue.compareAndSet(false, true)) {
                var _ = timer.schedule(this::call, pause, TimeUnit.NANOSECONDS);
            }
            return pause > 0;
        }

        private void call() {
            isCallDue.set(false);
            onAvailable.run();
        }

        @Override
        public boolean setOnAvailableCallback(Runnable callback) {
            onAvailable = callback;
            return stream.setOnAvailableCallback(() -> {
                if (!isPausing()) {
                    callback.run();
                }
            });
        }

        /** Without pauses, as who calls it is ready to wait for each event. */
        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            return stream.hasNextAvailable(timeout, unit);
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return stream.peek();
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            return stream.nextAvailable();
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
