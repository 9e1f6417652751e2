package dev.rapport.journey;

import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A file of 100,000 commands, imported twice by a Rapport that has 256 MiB of heap. */
@Tag("faults")
class A_long_importIT {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int RELATIONSHIPS = 100;
    private static final int LINES = 100_000;
    private static final long MOST_MEMORY_KIB = 700_000;

    @TempDir
    private Path data;

    @Test
    void is_taken_in_whole_once_and_in_bounded_memory() throws Exception {
        try (RapportProcess rapport = RapportProcess.on(data)) {
            Client head = rapport.as("head");

            JsonNode first = head.imports(file()).getLast();
            JsonNode second = head.imports(file()).getLast();

            System.out.printf("first %s, second %s, peak memory %d KiB%n", first, second, rapport.peakMemory());
            assertThat(first.path("accepted").asInt()).isEqualTo(LINES);
            assertThat(second.path("repeated").asInt()).isEqualTo(LINES);
            assertThat(second.path("accepted").asInt()).isZero();
            assertThat(rapport.peakMemory()).isLessThan(MOST_MEMORY_KIB);
        }
    }

    /** The lines, made by the test so that no file has to be kept. */
    private static InputStream file() {
        Stream<Map<String, Object>> beginnings = IntStream.range(0, RELATIONSHIPS)
                .boxed()
                .flatMap(i -> Stream.of(
                        fields(
                                "command",
                                "RegisterStakeholder",
                                "id",
                                "s-" + i,
                                "name",
                                "S",
                                "kind",
                                "SUPPLIER",
                                "group",
                                "g"),
                        fields("command", "EstablishRelationship", "id", "r-" + i, "stakeholderId", "s-" + i)));
        Stream<Map<String, Object>> calls = IntStream.range(0, LINES - 2 * RELATIONSHIPS)
                .mapToObj(i -> call("r-" + i % RELATIONSHIPS, "call " + i));
        List<InputStream> parts = Stream.concat(beginnings, calls)
                .map(line -> JSON.writeValueAsString(line) + "\n")
                .map(line -> (InputStream) new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
        return new SequenceInputStream(Collections.enumeration(parts));
    }

    private static Map<String, Object> call(String relationship, String summary) {
        return fields(
                "command", "LogInteraction", "relationshipId", relationship, "channel", "CALL", "summary", summary);
    }
}
