package dev.rapport.query.projection;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.StreamableMessageSource;

/**
 * The log for the processor: it seems to have come to an end while {@link Gathering} has a pause, and calls when the pause is over. So
 * nothing but the reading waits; claims, and segments that failed, are seen to meanwhile. Axon's status of a segment may say in a pause that it
 * has caught up when it has not. Who waits for an event, or takes one, meets no pause.
 */
final class GatheredLog extends ForwardedLog {

    private final Gathering gathering;
    private final ScheduledExecutorService timer;

    GatheredLog(
            StreamableMessageSource<TrackedEventMessage<?>> log, Gathering gathering, ScheduledExecutorService timer) {
        super(log);
        this.gathering = gathering;
        this.timer = timer;
    }

    @Override
    ForwardedStream changed(BlockingStream<TrackedEventMessage<?>> stream) {
        return new WithPauses(stream);
    }

    private final class WithPauses extends ForwardedStream {

        private final AtomicBoolean isCallDue = new AtomicBoolean();
        private volatile Runnable onAvailable = () -> {};

        WithPauses(BlockingStream<TrackedEventMessage<?>> stream) {
            super(stream);
        }

        @Override
        public boolean hasNextAvailable() {
            return !isPausing() && super.hasNextAvailable();
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
            return super.setOnAvailableCallback(() -> {
                if (!isPausing()) {
                    callback.run();
                }
            });
        }
    }
}
