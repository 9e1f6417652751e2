package dev.rapport.query.evidence;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.rapport.query.http.QueryRefused;
import dev.rapport.query.http.QueryRefused.Fault;
import dev.rapport.query.http.Spelled;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The distance of the points of a course, in the calendar of UTC. */
public enum Interval implements Spelled {
    DAY("day"),
    WEEK("week"),
    MONTH("month");

    private final String spelling;

    Interval(String spelling) {
        this.spelling = spelling;
    }

    @Override
    public String spelling() {
        return spelling;
    }

    @JsonValue
    @Override
    public String toString() {
        return spelling;
    }

    /** The points of a course from a time to another: at its start, after each interval, and at its end. More than so many are refused. */
    public List<Instant> times(Instant from, Instant to, int most) {
        if (to.isBefore(from)) {
            throw QueryRefused.malformed(List.of(new Fault("to", "is before from, " + from)));
        }
        List<Instant> times = new ArrayList<>();
        for (Instant time = from; time.isBefore(to); time = after(from, times.size())) {
            if (times.size() == most) {
                throw QueryRefused.malformed(List.of(new Fault(
                        "interval", "gives more than " + most + " points; ask for a longer one, or less time")));
            }
            times.add(time);
        }
        times.add(to);
        return times;
    }

    private Instant after(Instant from, int intervals) {
        var start = from.atOffset(ZoneOffset.UTC);
        return (switch (this) {
                    case DAY -> start.plusDays(intervals);
                    case WEEK -> start.plusWeeks(intervals);
                    case MONTH -> start.plusMonths(intervals);
                })
                .toInstant();
    }
}
