package dev.rapport.client.csv;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads times and dates: in the forms that a mapping names, else in those of ISO 8601, with a blank for the T if need be. A time without an
 * offset is of the zone; a date alone is its first moment there.
 */
final class Times {

    /** Milliseconds since 1970, instead of a pattern. */
    static final String EPOCH_MILLIS = "epochMillis";

    private static final List<DateTimeFormatter> ISO = Stream.of(
                    "uuuu-MM-dd['T'][' ']HH:mm[:ss][.SSS][.SSSSSS][XXX][XX][X]", "uuuu-MM-dd")
            .map(Times::formatter)
            .toList();

    private final List<DateTimeFormatter> forms;
    private final boolean takesEpochMillis;
    private final Optional<ZoneId> zone;

    /**
     * Reads in these forms.
     *
     * @throws IllegalArgumentException when a form is none
     */
    Times(List<String> forms, Optional<ZoneId> zone) {
        this.takesEpochMillis = forms.contains(EPOCH_MILLIS);
        this.forms = Stream.concat(
                        forms.stream()
                                .filter(form -> !form.equals(EPOCH_MILLIS))
                                .map(Times::formatter),
                        ISO.stream())
                .toList();
        this.zone = zone;
    }

    private static DateTimeFormatter formatter(String form) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(form)
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** Text that is no time, or not one that says enough. */
    static final class NoTime extends Exception {
        NoTime(String words) {
            super(words);
        }
    }

    /** The moment, as a time in UTC. */
    String time(String text) throws NoTime {
        TemporalAccessor read = read(text);
        if (read instanceof Instant instant) {
            return instant.toString();
        }
        if (read instanceof ZonedDateTime zoned) {
            return zoned.toInstant().toString();
        }
        if (read instanceof OffsetDateTime offset) {
            return offset.toInstant().toString();
        }
        ZoneId inZone =
                zone.orElseThrow(() -> new NoTime("“" + text + "” does not say of which zone: name it with --zone"));
        LocalDateTime local = read instanceof LocalDate date ? date.atStartOfDay() : (LocalDateTime) read;
        return local.atZone(inZone).toInstant().toString();
    }

    /** The day. */
    String date(String text) throws NoTime {
        TemporalAccessor read = read(text);
        if (read instanceof LocalDate date) {
            return date.toString();
        }
        if (read instanceof LocalDateTime local) {
            return local.toLocalDate().toString();
        }
        ZoneId inZone = zone.orElseThrow(
                () -> new NoTime("“" + text + "” is of one day here and of another there: name a zone with --zone"));
        return Instant.from(read).atZone(inZone).toLocalDate().toString();
    }

    private TemporalAccessor read(String text) throws NoTime {
        if (takesEpochMillis && text.matches("-?\\d{10,14}")) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        for (DateTimeFormatter form : forms) {
            try {
                return form.parseBest(
                        text, ZonedDateTime::from, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            } catch (DateTimeException notInThisForm) {
                // perhaps in the next
            }
        }
        throw new NoTime("“" + text + "” is no time in a form that the mapping names");
    }
}
