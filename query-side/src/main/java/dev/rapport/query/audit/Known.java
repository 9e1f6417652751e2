package dev.rapport.query.audit;

import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.storage.StoredEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What somebody knew: a beginning of the log. It ends before the first event that is not included. */
sealed interface Known {

    /** Whether an event is included that has this place in the log and was recorded then. */
    boolean includes(long position, Instant recordedAt);

    default boolean includes(RecordedEvent event) {
        return includes(event.position(), event.recordedAt());
    }

    default boolean includes(StoredEvent event) {
        return includes(event.position(), event.recordedAt());
    }

    /**
     * How many versions of the relationship are included, at most: nothing after them need be read.
     *
     * @param reached the version that it was seen to have
     */
    default long versions(long reached) {
        return reached;
    }

    /** What was recorded by a time; all of it when none is given. */
    static Known by(@Nullable Instant time) {
        return time == null ? new Everything() : new By(time);
    }

    /** All that was ever recorded. */
    record Everything() implements Known {
        @Override
        public boolean includes(long position, Instant recordedAt) {
            return true;
        }
    }

    /** What was recorded when the event at a position was the newest one, which made that version of the relationship. */
    record UpTo(long position, long version) implements Known {
        @Override
        public boolean includes(long position, Instant recordedAt) {
            return position <= this.position;
        }

        /** That version is there, even if it came only after the relationship was looked at. */
        @Override
        public long versions(long reached) {
            return version;
        }
    }

    /** What was recorded by a time, that time included. */
    record By(Instant time) implements Known {
        @Override
        public boolean includes(long position, Instant recordedAt) {
            return !recordedAt.isAfter(time);
        }
    }
}
