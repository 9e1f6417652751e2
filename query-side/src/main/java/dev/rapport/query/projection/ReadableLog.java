package dev.rapport.query.projection;

import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.UnknownEventException;
import dev.rapport.query.database.FeedingVersion;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * The log, as far as this version can read it: it ends before the first event that only a newer one can read. So what comes before that event
 * is dealt with as ever, and nothing after it is.
 */
final class ReadableLog implements StreamableMessageSource<TrackedEventMessage<?>> {

    private final EventLog log;
    private final FeedingVersion version;

    ReadableLog(EventLog log, FeedingVersion version) {
        this.log = log;
        this.version = version;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        return new UpToNewer(log.openStream(token));
    }

    @Override
    public TrackingToken createTailToken() {
        return log.createTailToken();
    }

    @Override
    public TrackingToken createHeadToken() {
        return log.createHeadToken();
    }

    private final class UpToNewer implements BlockingStream<TrackedEventMessage<?>> {

        private final BlockingStream<TrackedEventMessage<?>> stream;

        UpToNewer(BlockingStream<TrackedEventMessage<?>> stream) {
            this.stream = stream;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return isReadable() ? stream.peek() : Optional.empty();
        }

        @Override
        public boolean hasNextAvailable() {
            try {
                return stream.hasNextAvailable();
            } catch (UnknownEventException end) {
                return false;
            }
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            try {
                return stream.hasNextAvailable(timeout, unit);
            } catch (UnknownEventException end) {
                unit.sleep(timeout);
                return false;
            }
        }

        private boolean isReadable() {
            try {
                return stream.peek().isPresent();
            } catch (UnknownEventException end) {
                return false;
            }
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            TrackedEventMessage<?> next = stream.nextAvailable();
            version.note();
            return next;
        }

        @Override
        public boolean setOnAvailableCallback(Runnable callback) {
            return stream.setOnAvailableCallback(callback);
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
