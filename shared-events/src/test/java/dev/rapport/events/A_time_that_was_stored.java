package dev.rapport.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class A_time_that_was_stored {

    private static final long SEED = 20261127;

    @Test
    void is_read_as_it_was_told() {
        System.out.println("seed " + SEED);
        var random = new Random(SEED);
        long first = Instant.parse("-0001-01-01T00:00:00Z").getEpochSecond();
        long last = Instant.parse("+10001-01-01T00:00:00Z").getEpochSecond();
        long[] units = {1_000_000_000, 100_000_000, 1_000_000, 1_000, 10, 1};
        for (int count = 0; count < 50_000; count++) {
            long unit = units[random.nextInt(units.length)];
            Instant time =
                    Instant.ofEpochSecond(random.nextLong(first, last), random.nextInt(1_000_000_000) / unit * unit);

            assertThat(IsoTime.read(time.toString())).isEqualTo(time);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-20T08:30:00Z",
                "2026-11-20T08:30:00.1Z",
                "2026-11-20T08:30:00.12Z",
                "2026-11-20T08:30:00.123456789Z",
                "2026-11-20T24:00:00Z",
                "2026-11-20T08:30:00+01:00",
                "2026-11-20t08:30:00z",
                "2026-11-20T08:30:60Z",
                "2024-02-29T23:59:59Z",
                "2026-10-31T23:59:59.999Z",
                "+12026-11-20T08:30:00Z",
                "-0001-11-20T08:30:00Z",
                "2026-11-20T23:59:60Z",
                "2026-11-20T08:30Z",
                "",
                "Z",
                "2026-11-20T08:30:00",
                "2026-11-20T08:30:00.Z",
                "2026-11-20T08:30:00.1234567890Z",
                "2026-11-20T08:30:00,1Z",
                "2026-02-30T08:30:00Z",
                "2026-00-20T08:30:00Z",
                "2026-13-20T08:30:00Z",
                "2026-11-00T08:30:00Z",
                "2026-11-20T25:30:00Z",
                "2026-11-20T08:61:00Z",
                "2026-11-20 08:30:00Z",
                "2026-11-2OT08:30:00Z"
            })
    void is_read_or_refused_as_java_does_however_it_is_written(String text) {
        assertThat(outcome(text, IsoTime::read)).isEqualTo(outcome(text, Instant::parse));
    }

    private static String outcome(String text, Function<String, Instant> reader) {
        try {
            return reader.apply(text).toString();
        } catch (DateTimeParseException refused) {
            return refused.getMessage();
        }
    }
}
