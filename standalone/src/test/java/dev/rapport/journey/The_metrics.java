package dev.rapport.journey;

import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Prometheus collects of a Rapport that was used, beside what the handbook, the dashboard and the alerts say of it. */
class The_metrics {

    private static final Path ROOT = Path.of("..");
    private static final Path DASHBOARD = ROOT.resolve("docker/grafana/dashboards/rapport.json");
    private static final Path ALERTS = ROOT.resolve("docker/prometheus/alerts.yml");

    private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.*)");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern ROW =
            Pattern.compile("\\| `(rapport_\\w+)` \\| (.*) \\| ?(.*) \\| ?(.*) \\| (.*) \\|");
    private static final Pattern NAME_OF_A_METRIC = Pattern.compile("(?<![\\w:])([a-z]\\w*)(?![\\w(]| *\\()");
    private static final Set<String> WORDS_OF_PROMQL = Set.of("by", "and", "or", "unless", "bool", "offset", "on");

    /** What Prometheus itself knows of whom it asks. */
    private static final String UP = "up";

    /** One line of the answer. */
    private record Sample(String name, Map<String, String> labels, double value) {}

    /** What is told of a metric, and what the handbook has to say of it. */
    private record Described(String name, String type, Set<String> labels, String unit, String meaning) {}

    @TempDir
    private static Path data;

    private static RunningRapport rapport;
    private static String told;

    @BeforeAll
    static void use() throws Exception {
        rapport = RunningRapport.in(
                data,
                Map.of(
                        "management.endpoints.web.exposure.include", "health,prometheus",
                        "rapport.metrics.interval", "100ms"));
        Client head = rapport.as("head");
        new Network(head).relationship("R-1", "manager1");
        Map<String, Object> interaction = fields("id", "I-1", "channel", "CALL", "summary", "nobody's business");
        Map<String, String> key = Map.of("Idempotency-Key", "\"once\"");
        head.command("/relationships/R-1/interactions", interaction, key);
        head.command("/relationships/R-1/interactions", interaction, key);
        head.command("/relationships/R-1/upgrades", fields("rationale", "too early"));
        head.query("/relationships/R-1");
        told = awaitTold("rapport_processor_lag_events{", "rapport_processor_lag_seconds{");
    }

    @AfterAll
    static void stop() {
        rapport.close();
    }

    private static String awaitTold(String... what) throws Exception {
        String operator = Base64.getEncoder()
                .encodeToString(("operator:" + RunningRapport.PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(rapport.managementAddress() + "/actuator/prometheus"))
                .header("Authorization", "Basic " + operator)
                .build();
        Instant giveUpAt = Instant.now().plus(Duration.ofMinutes(1));
        String answer;
        try (HttpClient http = HttpClient.newHttpClient()) {
            do {
                answer = http.send(request, BodyHandlers.ofString()).body();
                assertThat(Instant.now())
                        .as("the time to hear of %s in %s", List.of(what), answer)
                        .isBefore(giveUpAt);
            } while (!Stream.of(what).allMatch(answer::contains));
        }
        return answer;
    }

    private static List<Sample> samples() {
        return told.lines()
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .map(line -> new Sample(line.group(1), labels(line.group(2)), Double.parseDouble(line.group(3))))
                .toList();
    }

    private static Map<String, String> labels(String inBraces) {
        Map<String, String> labels = new TreeMap<>();
        if (inBraces != null) {
            LABEL.matcher(inBraces).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        return labels;
    }

    private static double sum(String name, String... labelsAndValues) {
        Map<String, String> wanted = new HashMap<>();
        for (int i = 0; i < labelsAndValues.length; i += 2) {
            wanted.put(labelsAndValues[i], labelsAndValues[i + 1]);
        }
        return samples().stream()
                .filter(sample ->
                        sample.name.equals(name) && sample.labels.entrySet().containsAll(wanted.entrySet()))
                .mapToDouble(Sample::value)
                .sum();
    }

    @Test
    void count_commands_by_what_became_of_them() {
        assertThat(sum("rapport_commands_seconds_count", "command", "LogInteraction", "outcome", "accepted"))
                .isEqualTo(1);
        assertThat(sum("rapport_commands_seconds_count", "command", "LogInteraction", "outcome", "replayed"))
                .isEqualTo(1);
        assertThat(sum("rapport_commands_seconds_count", "outcome", "refused", "problem", "criteria-unmet"))
                .isEqualTo(1);
        assertThat(sum("rapport_commands_seconds_sum")).isPositive();
    }

    @Test
    void tell_of_nobody() {
        assertThat(told).doesNotContain("R-1", "I-1", "manager1", "business", "head\"");
    }

    @Test
    void are_those_of_the_handbook() throws IOException {
        assertThat(registered()).containsExactlyElementsOf(inTheHandbook());
    }

    private static List<Described> registered() {
        Map<String, String> meanings = new HashMap<>();
        HELP.matcher(told).results().forEach(help -> meanings.put(help.group(1), help.group(2)));
        return TYPE.matcher(told)
                .results()
                .filter(type -> type.group(1).startsWith("rapport_"))
                // the greatest of lately, which a timer tells beside its own
                .filter(type -> !type.group(1).endsWith("_max"))
                .map(type -> new Described(
                        type.group(1),
                        type.group(2),
                        labelsOf(type.group(1)),
                        unitOf(type.group(1)),
                        meanings.get(type.group(1))))
                .sorted((one, other) -> one.name.compareTo(other.name))
                .toList();
    }

    private static Set<String> labelsOf(String metric) {
        Set<String> labels = new TreeSet<>();
        samples().stream()
                .filter(sample -> sample.name.equals(metric) || sample.name.equals(metric + "_count"))
                .forEach(sample -> labels.addAll(sample.labels.keySet()));
        return labels;
    }

    /** By Prometheus's convention the last part of the name. */
    private static String unitOf(String metric) {
        return Stream.of("seconds", "events_per_second", "ratio", "events")
                .filter(unit -> metric.endsWith("_" + unit))
                .findFirst()
                .orElse("");
    }

    private static List<Described> inTheHandbook() throws IOException {
        return ROW.matcher(Files.readString(ROOT.resolve("docs/operations.md")))
                .results()
                .map(row -> new Described(
                        row.group(1),
                        row.group(2),
                        Stream.of(row.group(3).split(", ", -1))
                                .filter(label -> !label.isEmpty())
                                .map(label -> label.replace("`", ""))
                                .collect(Collectors.toCollection(TreeSet::new)),
                        row.group(4).strip(),
                        row.group(5)))
                .toList();
    }

    @Test
    void are_what_the_dashboard_shows() throws IOException {
        Set<String> expressions = new HashSet<>();
        for (JsonNode panel : JsonMapper.shared().readTree(DASHBOARD.toFile()).path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                expressions.add(target.path("expr").asString());
            }
        }
        assertThat(expressions).hasSizeGreaterThan(10);
        assertToldAll(expressions);
    }

    @Test
    void are_what_the_alerts_watch() throws IOException {
        Set<String> expressions = Files.readAllLines(ALERTS).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("expr: "))
                .map(line -> line.substring("expr: ".length()))
                .collect(Collectors.toSet());
        assertThat(expressions).hasSizeGreaterThan(5);
        assertToldAll(expressions);
    }

    @Test
    void raise_alerts_that_the_handbook_knows_what_to_do_about() throws IOException {
        String handbook = Files.readString(ROOT.resolve("docs/operations.md"));
        List<String> alerts = Pattern.compile("- alert: (\\w+)")
                .matcher(Files.readString(ALERTS))
                .results()
                .map(alert -> alert.group(1))
                .toList();
        assertThat(alerts).hasSizeGreaterThan(5).allMatch(alert -> handbook.contains("`" + alert + "`"));
    }

    private static void assertToldAll(Set<String> expressions) {
        Set<String> names = samples().stream().map(Sample::name).collect(Collectors.toCollection(HashSet::new));
        names.add(UP);
        for (String expression : expressions) {
            Set<String> named = metricsIn(expression);
            assertThat(named).as(expression).isNotEmpty();
            assertThat(names).as(expression).containsAll(named);
        }
    }

    /** Without label matchers, ranges and groupings, what is left and is no function is a metric. */
    static Set<String> metricsIn(String expression) {
        String bare = expression
                .replaceAll("\\{[^}]*}", "")
                .replaceAll("\\[[^\\]]*]", "")
                .replaceAll("\\b(by|without|on|ignoring) *\\([^)]*\\)", "");
        return NAME_OF_A_METRIC
                .matcher(bare)
                .results()
                .map(found -> found.group(1))
                .filter(word -> !WORDS_OF_PROMQL.contains(word))
                .collect(Collectors.toSet());
    }

    @Test
    void are_found_in_an_expression() {
        assertThat(metricsIn("histogram_quantile(0.5, sum by (le) (rate(a_bucket{b=\"c\"}[5m]))) > 3 and max(d_total)"))
                .containsExactlyInAnyOrder("a_bucket", "d_total");
    }
}
