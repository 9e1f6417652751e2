package dev.rapport.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;

class A_negotiated_form {

    private static final List<MediaType> OFFERED =
            List.of(MediaType.APPLICATION_JSON, MediaType.parseMediaType("text/csv"), MediaType.APPLICATION_NDJSON);

    private static String chosen(String accept) {
        return Negotiation.choose(MediaType.parseMediaTypes(accept), OFFERED)
                .map(MediaType::toString)
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*                                            | application/json",
                "application/*                                  | application/json",
                "text/csv                                       | text/csv",
                "text/csv; charset=utf-8                        | text/csv",
                "text/*                                         | text/csv",
                "application/x-ndjson, */*                      | application/json",
                "application/x-ndjson, */*;q=0.9                | application/x-ndjson",
                "application/json;q=0.5, text/csv               | text/csv",
                "application/json;q=0.5, text/csv;q=0.4         | application/json",
                "text/csv, application/json                     | application/json",
                "application/json;q=0, */*                      | text/csv",
                "application/*;q=0, */*;q=0.1                   | text/csv",
                "*/*;q=0.1, text/csv;q=0, application/json;q=0  | application/x-ndjson",
                "text/html, application/xhtml+xml, */*;q=0.8    | application/json"
            })
    void is_the_best_of_those_accepted(String accept, String form) {
        assertThat(chosen(accept)).isEqualTo(form);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json;q=0", "*/*;q=0", "application/graphml+xml", "nonsense/*"})
    void is_none_when_nothing_that_is_offered_is_accepted(String accept) {
        assertThat(chosen(accept)).isEqualTo("none");
    }

    @Test
    void is_the_first_when_nothing_in_particular_is_accepted() {
        assertThat(Negotiation.choose(List.of(), OFFERED)).contains(MediaType.APPLICATION_JSON);
    }
}
