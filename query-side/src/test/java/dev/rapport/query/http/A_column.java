package dev.rapport.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class A_column {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            String id,
            @JsonUnwrapped Part unwrapped,
            @Nullable Part part,
            @JsonProperty("renamed") @Nullable String called,
            List<String> words,
            List<Part> parts,
            @Nullable JsonNode data,
            @JsonIgnore boolean hidden) {}

    record Part(BigDecimal number, boolean right, @Nullable Instant at) {}

    private static final Part PART = new Part(new BigDecimal("-1.50"), true, Instant.parse("2026-03-01T00:00:00Z"));

    private static String csv(Object row) throws IOException {
        var out = new ByteArrayOutputStream();
        var rows = new CsvRows(row.getClass(), JsonMapper.shared());
        rows.begin(out);
        rows.write(row, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void is_there_for_each_component_of_a_record_whatever_the_row_has() throws IOException {
        var row = new Row("1", PART, null, null, List.of(), List.of(), null, true);

        assertThat(csv(row)).isEqualTo("""
            id,number,right,at,part.number,part.right,part.at,renamed,words,parts,data\r
            1,-1.50,true,2026-03-01T00:00:00Z,,,,,[],[],\r
            """);
    }

    @Test
    void shows_lists_and_objects_without_a_record_as_json() throws IOException {
        var row = new Row(
                "=1",
                PART,
                PART,
                "",
                List.of("a", "=b"),
                List.of(PART),
                JsonMapper.shared().readTree("{\"a\": [1]}"),
                false);

        assertThat(csv(row)).endsWith("""
            \r
            "'=1",-1.50,true,2026-03-01T00:00:00Z,-1.50,true,2026-03-01T00:00:00Z,"","[""a"",""=b""]",\
            "[{""number"":-1.50,""right"":true,""at"":""2026-03-01T00:00:00Z""}]","{""a"":[1]}"\r
            """);
    }
}
