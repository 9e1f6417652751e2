package dev.rapport.query.audit;

import dev.rapport.query.http.Moments;
import dev.rapport.query.http.QueryRefused.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One end of a comparison: a version of a relationship, or a time. */
sealed interface Moment {

    Pattern NUMBER = Pattern.compile("\\d{1,18}");

    /** When a version was the newest; version 0 is the time before there was any. */
    record OfVersion(long version) implements Moment {}

    /** What was known at a time, judged as of then. */
    record OfTime(Instant time) implements Moment {}

    /** Reads one; says so among the faults when it is none. */
    static Optional<Moment> read(String name, @Nullable String text, List<Fault> faults) {
        Optional<Moment> moment = text == null ? Optional.empty() : read(text);
        if (moment.isEmpty()) {
            faults.add(new Fault(
                    name,
                    (text == null ? "is missing: it" : "is neither:") + " a version such as 12, or a time such as"
                            + " 2026-03-01T09:30:00Z"));
        }
        return moment;
    }

    private static Optional<Moment> read(String text) {
        return NUMBER.matcher(text).matches()
                ? Optional.of(new OfVersion(Long.parseLong(text)))
                : Moments.instant(text).map(OfTime::new);
    }
}
