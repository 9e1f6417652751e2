package dev.rapport.query.audit;

import dev.rapport.events.storage.RecordedEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What somebody knew: a beginning of the log. It ends before the first event that is not included. */
sealed interface Known {

    boolean includes(RecordedEvent recorded);

    /** How many versions of the relationship are included, at most: nothing after them need be read. */
    default long versions() {
        return Long.MAX_VALUE;
    }

    /** What was recorded by a time; all of it when none is given. */
    static Known by(@Nullable Instant time) {
        return time == null ? new Everything() : new By(time);
    }

    /** All that was ever recorded. */
    record Everything() implements Known {
        @Override
        public boolean includes(RecordedEvent recorded) {
            return true;
        }
    }

    /** What was recorded when the event at a position was the newest one, which made that version of the relationship. */
    record UpTo(long position, long version) implements Known {
        @Override
        public boolean includes(RecordedEvent recorded) {
            return recorded.position() <= position;
        }

        @Override
        public long versions() {
            return version;
        }
    }

    /** What was recorded by a time, that time included. */
    record By(Instant time) implements Known {
        @Override
        public boolean includes(RecordedEvent recorded) {
            return !recorded.recordedAt().isAfter(time);
        }
    }
}
