package dev.rapport.query.projection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that follows the log; whoever does so tells operators how far it is by being a bean of this type. */
public interface ObservedProcessor {

    State observe();

    /**
     * How far a processor is.
     *
     * @param position all events up to this one are dealt with
     * @param eventsPerSecond how many events this node dealt with lately
     * @param error what it stands still at, without anything that events say; null when it does not
     */
    record State(
            String name,
            long position,
            double eventsPerSecond,
            List<Segment> segments,
            @Nullable String error) {}

    /** A share of the streams that is worked on by itself; not here when another node works on it, or none. */
    record Segment(
            int segment,
            long position,
            boolean here,
            @Nullable String error) {}
}
