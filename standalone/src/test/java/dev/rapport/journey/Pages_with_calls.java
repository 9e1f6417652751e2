package dev.rapport.journey;

import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.client.RapportClient;
import dev.rapport.journey.DocumentedCalls.Call;
import dev.rapport.journey.DocumentedCalls.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What the documentation shows somebody calling is called here, against the sample data, page after page, and answers what the page says; how
 * exactly, {@link DocumentedAnswer} tells. Pages whose calls only read come first, so that they see nothing but the sample data. The files that
 * a page speaks of are those of the client's tests.
 */
class Pages_with_calls {

    /** When the pages were written: figures fade with time, and promises become overdue. */
    private static final Instant DAY = Instant.parse("2026-11-27T22:10:00Z");

    private static final LocalDate TODAY = LocalDate.ofInstant(DAY, ZoneOffset.UTC);
    /** Rows of the table of docs/audit.md: two times, and what is told of them. */
    private static final Pattern STATE =
            Pattern.compile("(?m)^\\| (\\S+Z) \\| (\\S+Z) \\| (\\d) \\| (\\S+) \\| (\\S+) \\| (\\d) \\|$");

    private static final Path ROOT = Path.of("..");
    private static final Path FILES = Path.of("client/src/test/resources");

    @TempDir
    private static Path data;

    @TempDir
    private static Path folder;

    private static RunningRapport rapport;

    @BeforeAll
    static void start() throws IOException {
        rapport = RunningRapport.withSampleData(
                data, Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), DAY)));
        for (String files : List.of("crm", "guide")) {
            try (Stream<Path> each = Files.list(FILES.resolve(files))) {
                for (Path file : each.toList()) {
                    Files.copy(file, folder.resolve(file.getFileName()));
                }
            }
        }
    }

    @AfterAll
    static void stop() {
        rapport.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docs/exports.md",
                "docs/guides/reporting.md",
                "docs/guides/auditor.md",
                "docs/guides/relationship-manager.md",
                "README.md",
                "docs/client.md",
                "docs/rebuild.md"
            })
    void say_what_is_answered(String page) throws IOException, InterruptedException {
        sayWhatIsAnswered(page, rapport, TODAY);
    }

    /** The case that the page is about is its own, since it is of two weeks and not of two years. */
    @Test
    void say_what_is_answered_in_the_audit_area(@TempDir Path another) throws IOException, InterruptedException {
        String page = "docs/audit.md";
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
        InstantSource clock = now::get;
        try (RunningRapport audited = RunningRapport.in(another, clock.withZone(ZoneOffset.UTC))) {
            Client manager = audited.as("manager1");
            did(manager, "/stakeholders", fields("id", "acme", "name", "Acme", "kind", "SUPPLIER", "group", "Parts"));
            did(manager, "/relationships", fields("id", "R-1", "stakeholderId", "acme"));
            now.set(Instant.parse("2026-03-06T16:00:00Z"));
            did(
                    manager,
                    "/relationships/R-1/interactions",
                    fields(
                            "id",
                            "I-1",
                            "channel",
                            "MEETING",
                            "summary",
                            "They will open their books.",
                            "participants",
                            List.of("Ann"),
                            "sentiment",
                            1,
                            "occurredAt",
                            "2026-03-02T10:00:00Z"));
            now.set(Instant.parse("2026-05-04T09:00:00Z"));

            sayWhatIsAnswered(page, audited, LocalDate.ofInstant(now.get(), ZoneOffset.UTC));

            List<MatchResult> rows = STATE.matcher(Files.readString(ROOT.resolve(page)))
                    .results()
                    .toList();
            assertThat(rows).hasSize(4).allSatisfy(row -> {
                JsonNode state = audited.as("auditor")
                        .query("/audit/relationships/R-1/state?validAt=" + row.group(1) + "&knownAt=" + row.group(2))
                        .body();
                assertThat(List.of(
                                state.at("/counts/interactions").asString(),
                                state.path("lastInteractionAt").asString("absent"),
                                state.at("/trust/inThem/goodwill").asString(),
                                state.path("version").asString()))
                        .containsExactly(row.group(3), row.group(4), row.group(5), row.group(6));
            });
        }
    }

    private static void did(Client client, String path, Map<String, Object> body) {
        assertThat(client.command(path, body).status()).as(path).isEqualTo(201);
    }

    private static void sayWhatIsAnswered(String page, RunningRapport rapport, LocalDate today)
            throws IOException, InterruptedException {
        List<Call> calls = DocumentedCalls.of(ROOT.resolve(page));
        assertThat(calls).isNotEmpty();
        DocumentedAnswer answers = new DocumentedAnswer(today);
        List<String> differences = new ArrayList<>();
        String before = "";
        int line = 0;
        for (Call call : calls) {
            List<String> words =
                    call.words().stream().map(word -> ofToday(word, answers)).toList();
            Shown shown =
                    call.isCurl() ? new CurlCall(words, rapport.address(), folder).execute() : typed(words, rapport);
            // what several calls of a block say is told below it together
            String came = (call.line() == line ? before : "") + shown.output();
            before = came;
            line = call.line();
            difference(call, shown.succeeded(), came, answers)
                    .ifPresent(found -> differences.add(
                            "line " + call.line() + ": " + String.join(" ", words) + ": " + found + "\nin\n" + came));
        }
        assertThat(differences).as(page).isEmpty();
    }

    /** Nobody shows a call that fails without saying so, whatever three dots leave out. */
    private static Optional<String> difference(Call call, boolean hasSucceeded, String came, DocumentedAnswer answers) {
        return call.answer()
                .flatMap(said -> answers.differenceOf(said, came))
                .or(() -> hasSucceeded || call.isSaidToFail()
                        ? Optional.empty()
                        : Optional.of("it failed, which the page does not say"));
    }

    private static String ofToday(String word, DocumentedAnswer answers) {
        String today = word;
        for (Map.Entry<String, String> replaced : answers.replaced().entrySet()) {
            today = today.replace(replaced.getKey(), replaced.getValue());
        }
        return today;
    }

    private static Shown typed(List<String> words, RunningRapport rapport) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RapportClient.class.getName()));
        command.addAll(words.subList(1, words.size()));
        ProcessBuilder start =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        start.environment().put("RAPPORT_URL", rapport.address());
        start.environment().put("RAPPORT_USER", "head");
        start.environment().put("RAPPORT_PASSWORD", RunningRapport.PASSWORD);
        Process process = start.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Shown(process.waitFor() == 0, output);
    }

    @Test
    void are_read_as_a_shell_reads_them() {
        assertThat(DocumentedCalls.in("""
            Look:

            ```
            curl -u a:b 'http://x/y?a=1&b=2' \\
              -d '{"a":
                   1}'
            rapport history R-1
            ```

            ```json
            {"b": 2}
            ```

            ```
            mvn verify
            ```
            """))
                .containsExactly(
                        new Call(
                                3,
                                List.of("curl", "-u", "a:b", "http://x/y?a=1&b=2", "-d", "{\"a\":\n       1}"),
                                Optional.empty()),
                        new Call(3, List.of("rapport", "history", "R-1"), Optional.of("{\"b\": 2}\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{...}", "{\n  ...\n}", "{\"detail\": \"there is none\", ...}"})
    void that_fail_have_to_say_so(String said) {
        assertThat(differenceOfAFailure(said, "{\"detail\":\"there is none\",\"status\":404}"))
                .contains("it failed, which the page does not say");
    }

    @ParameterizedTest
    @ValueSource(strings = {"...", "a.ndjson: 5 accepted, 0 repeated, 0 refused\n..."})
    void that_fail_have_to_say_so_in_lines(String said) {
        assertThat(differenceOfAFailure(said, "a.ndjson: 5 accepted, 0 repeated, 0 refused\nb.ndjson: 1 refused\n"))
                .contains("it failed, which the page does not say");
    }

    @Test
    void may_fail_where_they_say_so() {
        String problem = "{\"type\":\"/problems/not-found\",\"status\":404}";

        assertThat(differenceOfAFailure("{\"type\": \"/problems/not-found\", ...}", problem))
                .isEmpty();
        assertThat(differenceOfAFailure("{\"status\": 404, ...}", problem)).isEmpty();
        assertThat(differenceOfAFailure("HTTP/1.1 404\n\n{...}", "HTTP/1.1 404\n\n" + problem))
                .isEmpty();
        assertThat(differenceOfAFailure(
                        "a.csv: would send 0, 1,000 would be refused\n...",
                        "a.csv: would send 0, 1,000 would be refused\nb"))
                .isEmpty();
        assertThat(differenceOfAFailure(
                        "a.csv: 4 accepted, 2 unusable, 1 passed over\n...",
                        "a.csv: 4 accepted, 2 unusable, 1 passed over\nb"))
                .isEmpty();
    }

    private static Optional<String> differenceOfAFailure(String said, String came) {
        return difference(new Call(1, List.of("curl"), Optional.of(said)), false, came, new DocumentedAnswer(TODAY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": 1, \"b\": [1, 2]}",
                "{\"a\": 1, ...}",
                "{\"a\": 1, \"b\": [1, ...]}",
                "{\"b\": [...], \"a\": 1}",
                "{\"b\": [\n   ...],\n   ...}",
                "{\"b\": [1,\n   ...], ...\n}"
            })
    void may_leave_out_what_three_dots_stand_for(String said) {
        assertThat(new DocumentedAnswer(TODAY).differenceOf(said, "{\"a\":1,\"b\":[1,2]}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": 2, \"b\": [1, 2]}",
                "{\"a\": 1}",
                "{\"a\": 1, \"b\": [1]}",
                "{\"a\": 1, \"b\": [1, 2, 3]}",
                "{\"a\": \"1\", \"b\": [1, 2]}",
                "{\"a\": 1, \"c\": 2, ...}",
                "HTTP/1.1 200\nX: y\n\n{\"a\": 1, ...}"
            })
    void may_not_say_anything_else(String said) {
        assertThat(new DocumentedAnswer(TODAY).differenceOf(said, "{\"a\":1,\"b\":[1,2]}"))
                .isPresent();
    }

    @Test
    void are_not_held_to_the_day_on_which_they_were_written() {
        DocumentedAnswer answers = new DocumentedAnswer(TODAY);

        assertThat(answers.differenceOf("""
            HTTP/1.1 201
            ETag: "194"
            Location: /a

            {"version": 194, "recordedAt": "2026-11-24T00:25:11.614728Z"}
            """, """
            HTTP/1.1 201
            etag: "7"
            location: /a

            {"version": 7, "recordedAt": "2027-01-01T00:00:00.5Z"}\
            """)).isEmpty();
        assertThat(answers.replaced()).containsEntry("\"194\"", "\"7\"");
        assertThat(answers.differenceOf("{\"at\": \"2026-11-24T00:00:00Z\"}", "{\"at\": \"2026-11-25T00:00:00Z\"}"))
                .isPresent();
        assertThat(answers.differenceOf("a  v12  b...\n...\nlast\n", "a  v3  bcd\nx\ny\nlast\n"))
                .isEmpty();
        assertThat(answers.differenceOf("a\nb\n", "a\nc\n")).isPresent();
    }

    @Test
    void say_figures_in_lines_as_exactly_as_in_json() {
        DocumentedAnswer answers = new DocumentedAnswer(TODAY);

        assertThat(answers.differenceOf("a,88.88888888888889,1\nb,0.12345678\n", "a,88.8886,1\nb,0.12345999999\n"))
                .isEmpty();
        assertThat(answers.differenceOf("a,88.88888888888889,1\n", "a,88.8880000000,1\n"))
                .isPresent();
        assertThat(answers.differenceOf("a,88.88888888888889,1\n", "a,80.88888888888889,1\n"))
                .isPresent();
        assertThat(answers.differenceOf("{\"says\": \"0.12345678 of\"}", "{\"says\": \"0.22345678 of\"}"))
                .isPresent();
    }
}
