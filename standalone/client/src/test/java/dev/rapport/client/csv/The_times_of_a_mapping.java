package dev.rapport.client.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.client.csv.Times.NoTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class The_times_of_a_mapping {

    private static final Optional<ZoneId> BERLIN = Optional.of(ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource({
        "2025-07-14T11:05:30Z, 2025-07-14T11:05:30Z",
        "2025-07-14T11:05:30.123Z, 2025-07-14T11:05:30.123Z",
        "2025-07-14T11:05:30.000+0000, 2025-07-14T11:05:30Z",
        "2025-07-14T11:05+02:00, 2025-07-14T09:05:00Z",
        "2025-07-14 11:05, 2025-07-14T09:05:00Z",
        "2025-01-14 11:05:30, 2025-01-14T10:05:30Z",
        "2025-07-14, 2025-07-13T22:00:00Z"
    })
    void are_those_of_iso_8601(String text, String time) throws NoTime {
        assertThat(new Times(List.of(), BERLIN).time(text)).isEqualTo(time);
    }

    @Test
    void come_in_forms_that_are_named() throws NoTime {
        Times times = new Times(List.of("d.M.uuuu H:mm", "M/d/uuuu h:mm a", Times.EPOCH_MILLIS), BERLIN);

        assertThat(times.time("4.3.2025 9:07")).isEqualTo("2025-03-04T08:07:00Z");
        assertThat(times.time("3/4/2025 9:07 pm")).isEqualTo("2025-03-04T20:07:00Z");
        assertThat(times.time("1752573600000")).isEqualTo("2025-07-15T10:00:00Z");
        assertThat(times.time("2025-07-14 11:05")).isEqualTo("2025-07-14T09:05:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-02-30", "2025-07-14 25:00", "yesterday", "03/04/2025", "2025-07-14 11:05 or so"})
    void are_refused_where_they_are_none(String text) {
        assertThatThrownBy(() -> new Times(List.of(), BERLIN).time(text)).hasMessageContaining("“" + text + "”");
    }

    @Test
    void want_a_zone_where_they_do_not_say_theirs() throws NoTime {
        Times times = new Times(List.of(), Optional.empty());

        assertThatThrownBy(() -> times.time("2025-07-14 11:05")).hasMessageContaining("--zone");
        assertThat(times.time("2025-07-14T11:05:30Z")).isEqualTo("2025-07-14T11:05:30Z");
        assertThat(times.date("2025-07-14 11:05")).isEqualTo("2025-07-14");
    }

    @Test
    void are_of_a_day_in_the_zone() throws NoTime {
        assertThat(new Times(List.of(), BERLIN).date("2025-07-14T23:30:00Z")).isEqualTo("2025-07-15");
    }

    /** The hour that is there twice is the first of them; the hour that is not there is the one after it. */
    @Test
    void are_moments_also_when_clocks_are_changed() throws NoTime {
        assertThat(new Times(List.of(), BERLIN).time("2025-10-26 02:30")).isEqualTo("2025-10-26T00:30:00Z");
        assertThat(new Times(List.of(), BERLIN).time("2025-03-30 02:30")).isEqualTo("2025-03-30T01:30:00Z");
    }
}
