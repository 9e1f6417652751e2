package dev.rapport.query.projection;

import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.UnknownEventException;
import dev.rapport.query.database.FeedingVersion;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * The log, as far as this version can read it: it ends before the first event that only a newer one can read. So what comes before that event
 * is dealt with as ever, and nothing after it is.
 */
final class ReadableLog extends ForwardedLog {

    private final FeedingVersion version;

    ReadableLog(EventLog log, FeedingVersion version) {
        super(log);
        this.version = version;
    }

    @Override
    ForwardedStream changed(BlockingStream<TrackedEventMessage<?>> stream) {
        return new UpToNewer(stream);
    }

    private final class UpToNewer extends ForwardedStream {

        UpToNewer(BlockingStream<TrackedEventMessage<?>> stream) {
            super(stream);
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            try {
                return super.peek();
            } catch (UnknownEventException end) {
                return Optional.empty();
            }
        }

        @Override
        public boolean hasNextAvailable() {
            try {
                return super.hasNextAvailable();
            } catch (UnknownEventException end) {
                return false;
            }
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            try {
                return super.hasNextAvailable(timeout, unit);
            } catch (UnknownEventException end) {
                unit.sleep(timeout);
                return false;
            }
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            TrackedEventMessage<?> next = super.nextAvailable();
            version.note();
            return next;
        }
    }
}
