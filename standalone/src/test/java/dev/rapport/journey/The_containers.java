package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rapport.events.access.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files in docker, of which no container engine is needed to say that they fit together. */
class The_containers {

    private static final Path DOCKER = Path.of("../docker");
    private static final Path LINTER = Path.of("target/npm/node_modules/dclint/bin/dclint.cjs");
    private static final Path RULES = Path.of("target/npm/dclint.json");
    private static final String COMPANY = "compose.yaml";

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(:[?-][^}]*)?}");
    private static final Pattern SETTING = Pattern.compile("(RAPPORT|SPRING|SERVER|MANAGEMENT|LOGGING)_[A-Z0-9_]+");
    private static final Pattern ROUTE = Pattern.compile("(?m)^ +\"~(\\S+ \\S+)\" +(\\w+);$");
    private static final Pattern VARIABLE_OF_A_PATH = Pattern.compile("\\{\\w+}");

    @TempDir
    private Path data;

    private static String text(String file) throws IOException {
        return Files.readString(DOCKER.resolve(file));
    }

    @SuppressWarnings("unchecked") // as YAML is
    private static Map<String, Object> map(Object node) {
        return node == null ? Map.of() : (Map<String, Object>) node;
    }

    private static Collection<String> names(Object listOrMap) {
        return switch (listOrMap) {
            case null -> List.of();
            case Map<?, ?> map -> map.keySet().stream().map(String::valueOf).toList();
            case Collection<?> list -> list.stream().map(String::valueOf).toList();
            default -> throw new AssertionError(listOrMap + " is neither a list nor a map");
        };
    }

    private static Map<String, Object> yaml(String file) throws IOException {
        return map(new Yaml(new SafeConstructor(new LoaderOptions())).load(text(file)));
    }

    private static Map<String, Object> services(String file) throws IOException {
        return map(yaml(file).get("services"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "compose.single.yaml"})
    void are_composed_as_the_schema_of_compose_says(String file) throws Exception {
        assumeTrue(Files.exists(LINTER), "dclint is not there: install npm and build again");
        Path output = data.resolve("dclint.txt");
        int status = new ProcessBuilder(
                        "node",
                        LINTER.toString(),
                        "--config=" + RULES,
                        "--max-warnings=0",
                        DOCKER.resolve(file).toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();

        assertThat(status).as(Files.readString(output, StandardCharsets.UTF_8)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "compose.single.yaml"})
    void refer_only_to_what_is_there(String file) throws IOException {
        Map<String, Object> compose = yaml(file);
        Map<String, Object> services = map(compose.get("services"));
        assertThat(services).isNotEmpty();
        services.forEach((name, described) -> {
            Map<String, Object> service = map(described);
            assertThat(services.keySet()).as(name).containsAll(names(service.get("depends_on")));
            assertThat(names(compose.get("networks"))).as(name).containsAll(names(service.get("networks")));
            assertThat(names(compose.get("secrets"))).as(name).containsAll(names(service.get("secrets")));
            for (String volume : names(service.get("volumes"))) {
                String source = volume.substring(0, volume.indexOf(':'));
                if (source.startsWith(".")) {
                    assertThat(DOCKER.resolve(source)).as(name).exists();
                } else {
                    assertThat(names(compose.get("volumes"))).as(name).contains(source);
                }
            }
            Map<String, Object> build = map(service.get("build"));
            if (!build.isEmpty()) {
                assertThat(DOCKER.resolve((String) build.get("context")).resolve((String) build.get("dockerfile")))
                        .as(name)
                        .exists();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "compose.single.yaml"})
    void set_only_what_the_handbook_knows(String file) throws IOException {
        String handbook =
                Files.readString(Path.of("../docs/operations.md")) + Files.readString(Path.of("../docs/seal.md"));
        Set<String> settings = new TreeSet<>();
        services(file).forEach((name, described) -> {
            Map<String, Object> service = map(described);
            if (service.containsKey("build")) {
                settings.addAll(names(service.get("environment")));
            }
        });
        assertThat(settings).isNotEmpty().allMatch(SETTING.asMatchPredicate());
        assertThat(settings).allMatch(setting -> isIn(handbook, setting));
    }

    private static boolean isIn(String handbook, String setting) {
        boolean sharesARow = setting.matches(".*_(USERNAME|PASSWORD)")
                && handbook.contains("`" + setting.replaceAll("_[A-Z]+$", "_USERNAME") + "`, `_PASSWORD`");
        return sharesARow || handbook.contains("`" + setting);
    }

    @Test
    void are_told_by_the_example_of_an_environment_all_that_they_need() throws IOException {
        Set<String> told = text("env.example")
                .lines()
                .filter(line -> line.matches("[A-Z_]+=.*"))
                .map(line -> line.substring(0, line.indexOf('=')))
                .collect(Collectors.toSet());
        Set<String> needed = VARIABLE.matcher(text(COMPANY))
                .results()
                .map(variable -> variable.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        map(yaml(COMPANY).get("secrets"))
                .values()
                .forEach(secret -> needed.add((String) map(secret).get("environment")));
        assertThat(told).containsExactlyInAnyOrderElementsOf(needed);
    }

    @Test
    void have_no_password_of_their_own_and_do_not_start_without_one() throws IOException {
        List<MatchResult> secrets = VARIABLE.matcher(text(COMPANY))
                .results()
                .filter(variable -> variable.group(1).matches(".*(PASSWORD|SECRET|_KEY)"))
                .filter(variable -> !variable.group(1).startsWith("RAPPORT_FORMER"))
                .toList();
        assertThat(secrets).isNotEmpty().allMatch(secret -> secret.group(2).startsWith(":?"));
        assertThat(text("env.example").lines().filter(line -> line.matches("[A-Z_]*(PASSWORD|KEY|SECRET)=.+")))
                .isEmpty();
    }

    @Test
    void let_nobody_in_whom_the_realm_brought_along() throws IOException {
        JsonNode realm = JsonMapper.shared().readTree(text("keycloak/company-realm.json"));

        assertThat(realm.path("users")).allMatch(user -> user.has("serviceAccountClientId"));
        assertThat(realm.path("clients"))
                .noneMatch(client -> client.path("directAccessGrantsEnabled").asBoolean());
        assertThat(realm.findValuesAsString("secret")).containsExactly("${RAPPORT_OPERATIONS_CLIENT_SECRET}");
        assertThat(realm.findValues("credentials")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"command-side, rapport-commands", "query-side, rapport-queries"})
    void hold_the_program_that_the_build_makes(String module, String program) throws IOException {
        assertThat(Files.readString(Path.of("..", module, "pom.xml")))
                .contains("<finalName>" + program + "</finalName>");
        assertThat(text("Dockerfile")).contains("jar=\"rapport-*-exec.jar\"");
    }

    @Test
    void start_the_programs_that_the_tests_start() throws IOException {
        Matcher entryPoint = Pattern.compile("(?m)^ENTRYPOINT (\\[.*])$").matcher(text("Dockerfile"));
        assertThat(entryPoint.find()).isTrue();
        assertThat(words(JsonMapper.shared().readTree(entryPoint.group(1)))).isEqualTo(RapportProcess.ENTRY_POINT);
        Map<String, Object> services = services(COMPANY);
        assertThat(map(services.get("postgres")).get("command")).isEqualTo(PostgresServer.COMMAND);
        Stream.of("command-1", "command-2", "query-1", "query-2")
                .forEach(name ->
                        assertThat(map(services.get(name))).as(name).doesNotContainKeys("command", "entrypoint"));
    }

    /** Passwords are the containers' own: PostgreSQL asks no test for one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void tell_each_side_of_the_databases_what_the_tests_tell(int node) throws IOException {
        String host = "jdbc:postgresql://postgres/";
        assertThat(ofTheDatabases("command-" + node))
                .containsExactlyInAnyOrderEntriesOf(SidesOnPostgres.commandSettings(host + "rapport_events"));
        assertThat(ofTheDatabases("query-" + node))
                .containsExactlyInAnyOrderEntriesOf(SidesOnPostgres.querySettings(
                        host + "rapport_events", host + "rapport_read", host + "rapport_audit"));
    }

    private static Map<String, String> ofTheDatabases(String service) throws IOException {
        return map(map(services(COMPANY).get(service)).get("environment")).entrySet().stream()
                .filter(setting -> setting.getKey().matches("RAPPORT_(EVENTS|READ|AUDIT|SEAL_ROLE)_.*"))
                .filter(setting -> !setting.getKey().endsWith("_PASSWORD"))
                .collect(Collectors.toMap(Map.Entry::getKey, setting -> String.valueOf(setting.getValue())));
    }

    private static List<String> words(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void publish_to_the_brokers_that_somebody_names_and_else_to_the_one_beside_them(int node) throws IOException {
        Map<String, Object> services = services(COMPANY);
        Matcher brokers = VARIABLE.matcher(String.valueOf(
                map(map(services.get("query-" + node)).get("environment")).get("RAPPORT_KAFKA_BOOTSTRAP_SERVERS")));

        assertThat(brokers.matches()).isTrue();
        assertThat(brokers.group(1)).isEqualTo("RAPPORT_KAFKA_BOOTSTRAP_SERVERS");
        String listener = String.valueOf(
                map(map(services.get("kafka")).get("environment")).get("KAFKA_ADVERTISED_LISTENERS"));
        assertThat(brokers.group(2)).isEqualTo(":-" + listener.replace("PLAINTEXT://", ""));
    }

    @Test
    void collect_metrics_of_each_side_and_send_requests_to_each() throws IOException {
        Set<String> sides = services(COMPANY).keySet().stream()
                .filter(name -> name.matches("(command|query)-\\d"))
                .collect(Collectors.toSet());
        assertThat(sides).hasSize(4);
        assertThat(found("prometheus/prometheus.yml", "(?m)^ +- (\\S+):8081$"))
                .containsExactlyInAnyOrderElementsOf(sides);
        assertThat(found("nginx/rapport.conf", "server (\\S+-\\d):8080 ")).containsOnly(sides.toArray(String[]::new));
    }

    private static List<String> found(String file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(text(file))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** The first pattern decides, as nginx has it. */
    private static String side(List<MatchResult> routes, String request) {
        return routes.stream()
                .filter(route ->
                        Pattern.compile(route.group(1)).matcher(request).find())
                .map(route -> route.group(2))
                .findFirst()
                .orElse("queries");
    }

    @Test
    void send_every_operation_to_the_side_that_serves_it() throws IOException {
        List<MatchResult> routes =
                ROUTE.matcher(text("nginx/rapport.conf")).results().toList();
        assertThat(routes).isNotEmpty();
        Set<String> ofQueries = new TreeSet<>();
        Set<String> ofBoth = new TreeSet<>();
        try (RunningRapport rapport = RunningRapport.in(data)) {
            rapport.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                    .getHandlerMethods()
                    .forEach((mapping, handler) -> {
                        boolean queries = handler.getBeanType().getPackageName().startsWith("dev.rapport.query");
                        for (String path : mapping.getPatternValues()) {
                            mapping.getMethodsCondition()
                                    .getMethods()
                                    .forEach(method -> (queries ? ofQueries : ofBoth).add(method + " " + path));
                        }
                    });
        }
        List<String> astray = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            String served = operation.method() + " " + operation.path();
            String request = VARIABLE_OF_A_PATH.matcher(served).replaceAll("any");
            String expected = ofQueries.contains(served) ? "queries" : "commands";
            if (!ofBoth.contains(served) && !side(routes, request).equals(expected)) {
                astray.add(request + " goes to " + side(routes, request));
            }
        }
        assertThat(astray).isEmpty();
        assertThat(side(routes, "POST /api/v1/imports")).isEqualTo("commands");
        assertThat(Stream.of(Operation.values()).map(Operation::method).distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.asList("GET", "POST", "DELETE"));
    }
}
