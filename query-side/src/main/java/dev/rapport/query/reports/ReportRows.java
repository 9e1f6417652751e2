package dev.rapport.query.reports;

import dev.rapport.query.http.Cursor;
import dev.rapport.query.http.Listed;
import dev.rapport.query.http.PageRequest;
import dev.rapport.query.http.QueryRefused;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Pages through the rows of a report, which is worked out whole whenever it is asked for: a row's place is that of its group, by its key, and
 * within the group.
 */
final class ReportRows {

    private static final Comparator<Place> IN_ORDER =
            Comparator.comparing(Place::key).thenComparing(Place::within);

    /** Where a row stands; without a key where there is one group of all. */
    record Place(String key, String within) {

        static Place of(@Nullable String key, String within) {
            return new Place(Objects.requireNonNullElse(key, ""), within);
        }

        /** A key may be any text, and a cursor has to hold it. */
        private Cursor cursor() {
            return new Cursor(
                    Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8)),
                    within);
        }

        private static Place of(Cursor cursor) {
            try {
                return new Place(
                        new String(Base64.getUrlDecoder().decode(cursor.key()), StandardCharsets.UTF_8), cursor.tie());
            } catch (IllegalArgumentException malformed) {
                throw QueryRefused.malformed("cursor", "is not one that this query handed out", malformed);
            }
        }
    }

    /** A row of a report. */
    interface Row {

        Place place();
    }

    static <R extends Row> List<Listed<R>> page(PageRequest page, List<R> rows) {
        Cursor after = page.after();
        Place from = after == null ? null : Place.of(after);
        return rows.stream()
                .filter(row -> from == null || IN_ORDER.compare(row.place(), from) > 0)
                .sorted(Comparator.comparing(Row::place, IN_ORDER))
                .limit(page.rowsToRead())
                .map(row -> new Listed<>(row, row.place().cursor()))
                .toList();
    }

    private ReportRows() {}
}
