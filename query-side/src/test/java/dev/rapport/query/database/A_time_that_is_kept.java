package dev.rapport.query.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class A_time_that_is_kept {

    private static final long SEED = 20261127;

    @Test
    void is_written_as_java_tells_it_to_the_digit() {
        System.out.println("seed " + SEED);
        var random = new Random(SEED);
        long first = Instant.parse("-0001-01-01T00:00:00Z").getEpochSecond();
        long last = Instant.parse("+10001-01-01T00:00:00Z").getEpochSecond();
        long[] units = {1_000_000_000, 100_000_000, 1_000_000, 1_000, 10, 1};

        assertThat(Stream.concat(
                        Stream.of(
                                Instant.EPOCH,
                                Instant.MIN,
                                Instant.MAX,
                                Instant.parse("0000-01-01T00:00:00Z"),
                                Instant.parse("0000-01-01T00:00:00Z").minusNanos(1),
                                Instant.parse("9999-12-31T23:59:59.999999999Z"),
                                Instant.parse("9999-12-31T23:59:59.999999999Z").plusNanos(1),
                                Instant.parse("1999-12-31T23:59:59.9Z"),
                                Instant.parse("2024-02-29T00:00:00.000001Z")),
                        Stream.generate(() -> {
                                    long unit = units[random.nextInt(units.length)];
                                    return Instant.ofEpochSecond(
                                            random.nextLong(first, last), random.nextInt(1_000_000_000) / unit * unit);
                                })
                                .limit(50_000)))
                .allSatisfy(time -> assertThat(Json.write(time)).isEqualTo('"' + time.toString() + '"'));
    }
}
