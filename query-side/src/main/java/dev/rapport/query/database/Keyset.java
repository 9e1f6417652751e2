package dev.rapport.query.database;

import dev.rapport.query.http.Cursor;
import dev.rapport.query.http.Ids;
import dev.rapport.query.http.Listed;
import dev.rapport.query.http.Moments;
import dev.rapport.query.http.PageRequest;
import dev.rapport.query.http.QueryRefused;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.impl.DSL;

/**
 * The order of a list: by a key that is never null and a second one that tells equal keys apart. A page goes on after the keys of the
 * last row shown, so rows that come or go meanwhile neither repeat nor hide others.
 */
public record Keyset<K, T>(Part<K> key, Part<T> tie, boolean descending) {

    /** A column to order by, and how its value travels in a cursor; what no column could hold is not read back. */
    public record Part<V>(Field<V> field, Function<V, String> write, Function<String, V> read) {

        public static Part<Long> number(Field<Long> field) {
            return new Part<>(field, String::valueOf, Long::valueOf);
        }

        public static Part<Short> rank(Field<Short> field) {
            return new Part<>(field, String::valueOf, Short::valueOf);
        }

        public static Part<Double> fraction(Field<Double> field) {
            return new Part<>(field, String::valueOf, Double::valueOf);
        }

        public static Part<String> id(Field<String> field) {
            return new Part<>(field, id -> id, text -> Ids.of(text).orElseThrow());
        }

        public static Part<Instant> instant(Field<Instant> field) {
            return new Part<>(
                    field, Instant::toString, text -> Moments.instant(text).orElseThrow());
        }

        public static Part<LocalDate> day(Field<LocalDate> field) {
            return new Part<>(
                    field, LocalDate::toString, text -> Moments.date(text).orElseThrow());
        }

        public static Part<byte[]> bytes(Field<byte[]> field) {
            return new Part<>(
                    field, Base64.getUrlEncoder().withoutPadding()::encodeToString, Base64.getUrlDecoder()::decode);
        }

        private V value(String text) {
            return read.apply(text);
        }

        private String of(Record row) {
            return write.apply(row.get(field));
        }
    }

    public static <K, T> Keyset<K, T> ascending(Part<K> key, Part<T> tie) {
        return new Keyset<>(key, tie, false);
    }

    public Keyset<K, T> reversed() {
        return new Keyset<>(key, tie, !descending);
    }

    /** A column that is key and tie at once comes once: H2 loses columns of a long result that is ordered by one of them twice. */
    public List<OrderField<?>> order() {
        if (key.field.equals(tie.field)) {
            return List.of(descending ? key.field.desc() : key.field.asc());
        }
        return descending ? List.of(key.field.desc(), tie.field.desc()) : List.of(key.field.asc(), tie.field.asc());
    }

    /** The rows after the cursor's. The first comparison says nothing new but lets an index be entered where the key is in another table than the tie. */
    public Condition after(PageRequest page) {
        Cursor after = page.after();
        return after == null ? DSL.noCondition() : after(after);
    }

    private Condition after(Cursor cursor) {
        try {
            K keyed = key.value(cursor.key());
            var seen = DSL.row(DSL.val(keyed, key.field), DSL.val(tie.value(cursor.tie()), tie.field));
            var row = DSL.row(key.field, tie.field);
            return descending
                    ? key.field.le(DSL.val(keyed, key.field)).and(row.lt(seen))
                    : key.field.ge(DSL.val(keyed, key.field)).and(row.gt(seen));
        } catch (RuntimeException malformed) {
            throw QueryRefused.malformed("cursor", "is not one that this query handed out", malformed);
        }
    }

    public <T> Listed<T> listed(Record row, T item) {
        return new Listed<>(item, new Cursor(key.of(row), tie.of(row)));
    }
}
