package dev.rapport.client.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.client.api.CommandForm.Fault;
import dev.rapport.client.json.Json;
import dev.rapport.client.json.Json.MalformedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class The_form_of_a_command {

    private static final Path SAMPLE_DATA = Path.of("../src/main/resources/sample-data/relationships.ndjson");
    private static final Instant NOW = Instant.parse("2026-11-27T18:00:00Z");
    private static final Set<String> FOR_READING = Set.of("description", "title", "example", "examples");

    private final ApiDocument api = ApiDocument.own();

    private List<Fault> faults(String line) throws MalformedJson {
        Json json = Json.read(line.getBytes(StandardCharsets.UTF_8));
        return api.command(json.get("command").text()).orElseThrow().faults(json, NOW);
    }

    @Test
    void is_there_for_every_command_of_the_contract() {
        assertThat(api.commands())
                .contains(
                        "RegisterStakeholder",
                        "ChangeStakeholderProfile",
                        "EstablishRelationship",
                        "LogInteraction",
                        "FulfilCommitment",
                        "CorrectEntry",
                        "ReopenRelationship")
                .hasSize(32);
    }

    /** A word that the document says some day and that is not checked here would make a dry run say less than it seems to. */
    @Test
    void says_nothing_that_is_not_checked() {
        Set<String> said = new HashSet<>();
        api.commands()
                .forEach(command -> collect(api.command(command).orElseThrow().schema(), said));
        said.removeAll(FOR_READING);

        assertThat(CommandForm.CHECKED).containsAll(said);
    }

    private void collect(Json schema, Set<String> said) {
        said.addAll(schema.fields().keySet());
        if (schema.get("$ref").isThere()) {
            collect(api.followed(schema), said);
        }
        Stream.concat(schema.get("properties").fields().values().stream(), Stream.of(schema.get("items")))
                .filter(Json::isObject)
                .forEach(part -> collect(part, said));
    }

    @Test
    void is_that_of_every_line_of_the_sample_data() throws IOException, MalformedJson {
        List<String> lines = Files.readAllLines(SAMPLE_DATA);
        assertThat(lines).hasSizeGreaterThan(1_600);
        for (String line : lines) {
            assertThat(faults(line)).as(line).isEmpty();
        }
    }

    @Test
    void names_all_that_is_wrong_with_a_line() throws MalformedJson {
        assertThat(faults("""
            {"command": "LogInteraction", "id": "a b", "channel": "FAX", "summary": " ", "sentiment": 3,
             "participants": ["Ann", ""], "occurredAt": "yesterday", "mood": 1}\
            """))
                .extracting(Fault::pointer)
                .containsExactlyInAnyOrder(
                        "/relationshipId",
                        "/id",
                        "/channel",
                        "/summary",
                        "/sentiment",
                        "/participants/1",
                        "/occurredAt",
                        "/mood");
    }

    @Test
    void names_what_is_too_long_too_late_or_of_another_kind() throws MalformedJson {
        assertThat(faults("""
            {"command": "RecordCommitment", "relationshipId": "r", "madeBy": "US", "statement": "%s", "dueOn": "2026-02-30",
             "occurredAt": "2026-11-27T18:00:01Z"}\
            """.formatted("x".repeat(10_001))))
                .containsExactlyInAnyOrder(
                        new Fault("/statement", "has 10001 characters, and 10000 are the most"),
                        new Fault("/dueOn", "must be a date such as 2026-11-27"),
                        new Fault("/occurredAt", "may be in the past, but not in the future"));
        assertThat(faults("""
            {"command": "RecordMeasurement", "relationshipId": "r", "indicatorId": "n", "value": "12", "measuredOn": "2026-01-01"}\
            """)).containsExactly(new Fault("/value", "must be" + " a number"));
        assertThat(faults("""
            {"command": "AssessValues", "relationshipId": "r", "overlap": 10.5, "complement": -1, "conflict": 101}\
            """)).extracting(Fault::pointer).contains("/complement", "/conflict");
    }
}
