package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.access.Operation;
import dev.rapport.events.access.Role;
import dev.rapport.journey.Client.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The table of operations, held to what is served: every operation, by every role, on a relationship that is theirs, another's, or was theirs. */
class Access_to_every_operation {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    private static final String OWN = "ours";
    private static final String OTHERS = "theirs";
    private static final String FORMERLY_OWN = "gone";

    /** Ids of the story's entries, by the variable of the path that they fill. */
    private static final Map<String, String> ENTRIES = Map.ofEntries(
            Map.entry("interactionId", "-i-1"),
            Map.entry("commitmentId", "-c-1"),
            Map.entry("disclosureId", "-d-1"),
            Map.entry("objectiveId", "-o-1"),
            Map.entry("expectationId", "-e-1"),
            Map.entry("contributionId", "-x-1"),
            Map.entry("indicatorId", "-n-1"),
            Map.entry("measurementId", "-m-1"),
            Map.entry("concernId", "-k-1"),
            Map.entry("entryId", "-c-3"),
            Map.entry("stakeholderId", "-glass"));

    private static final Map<Role, String> USERS = new EnumMap<>(Map.of(
            Role.RELATIONSHIP_MANAGER, "manager1",
            Role.HEAD_OF_RELATIONSHIPS, "head",
            Role.AUDITOR, "auditor",
            Role.REPORTER, "reporter",
            Role.OPERATOR, "operator"));

    @TempDir
    private static Path data;

    private static RunningRapport rapport;

    @BeforeAll
    static void tell_the_story_of_three_relationships() throws IOException {
        rapport = RunningRapport.in(data);
        tell(OWN, "manager1");
        tell(OTHERS, "manager2");
        tell(FORMERLY_OWN, "manager1");
        Client head = rapport.as("head");
        assertThat(head.command(
                                "/relationships/" + FORMERLY_OWN + "/manager-assignments",
                                Map.of("managerId", "manager2"))
                        .status())
                .isEqualTo(201);
        head.query("/relationships/" + FORMERLY_OWN);
    }

    private static void tell(String name, String manager) throws IOException {
        Client head = rapport.as("head");
        for (PublishedStory.Request request : PublishedStory.of(name).commandsOfTheFirstManager()) {
            Map<String, Object> body = new LinkedHashMap<>();
            JSON.readTree(request.body()).properties().forEach(field -> body.put(field.getKey(), field.getValue()));
            if (request.path().equals("/relationships")) {
                body.put("managerId", manager);
            }
            if (request.path().endsWith("/interactions")) {
                body.put("summary", said(name).getFirst());
                body.put("participants", List.of(said(name).getLast()));
            }
            assertThat(head.command(request.path(), body).status())
                    .as(request.path())
                    .isEqualTo(201);
        }
        assertThat(head.query("/relationships/" + name).status()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        rapport.close();
    }

    @Test
    void is_said_for_each_operation_of_the_document() throws IOException {
        Set<String> served = new TreeSet<>();
        JSON.readTree(Files.readString(Path.of("..", "docs", "openapi.json")))
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> served.add(operation.getKey().toUpperCase(Locale.ROOT) + " "
                                + path.getKey() + " "
                                + operation.getValue().path("operationId").asString())));

        assertThat(Arrays.stream(Operation.values())
                        .map(operation -> operation.method() + " " + operation.path() + " " + operation.id()))
                .containsExactlyInAnyOrderElementsOf(served);
    }

    static Stream<Operation> operations() {
        // what ends the relationship, or gives it to another, comes last, or nothing would be left to be refused
        List<Operation> last = List.of(Operation.END_RELATIONSHIP, Operation.ASSIGN_MANAGER);
        return Stream.concat(
                Arrays.stream(Operation.values()).filter(operation -> !last.contains(operation)), last.stream());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void is_for_those_who_may_and_on_what_is_theirs(Operation operation) throws IOException {
        for (Role role : Role.values()) {
            for (String relationship : List.of(OWN, OTHERS, FORMERLY_OWN)) {
                Answer answer = ask(operation, relationship, USERS.get(role), "*/*");
                var told = assertThat(answer.status())
                        .as("%s by %s on %s: %s", operation, role, relationship, text(answer));
                if (!operation.roles().contains(role)) {
                    told.isEqualTo(403);
                    assertThat(answer.text("type")).isEqualTo("/problems/forbidden");
                } else if (isOfOneRelationship(operation)
                        && role == Role.RELATIONSHIP_MANAGER
                        && !relationship.equals(OWN)) {
                    told.isEqualTo(404);
                } else if (operation == Operation.CHANGE_STAKEHOLDER_PROFILE
                        && role == Role.RELATIONSHIP_MANAGER
                        && !relationship.equals(OWN)) {
                    told.isEqualTo(403); // whom every manager sees, but does not look after
                } else {
                    told.isNotIn(401, 403, 405, 406, 415, 429).isLessThan(500);
                    if (isOfTheStory(operation)) {
                        told.isNotEqualTo(404);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void is_for_nobody_who_is_not_signed_in(Operation operation) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(rapport.address() + filled(operation.path(), OWN)))
                .header("Content-Type", "application/json")
                .method(operation.method(), BodyPublishers.ofString("{}"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(operation.name()).isEqualTo(401);
            assertThat(answer.body()).contains("/problems/unauthenticated");
        }
    }

    @ParameterizedTest
    @MethodSource("queries")
    void tells_no_reporter_what_was_said_and_by_whom(Operation operation) throws IOException {
        for (String accept : List.of("application/json", "text/csv", "application/x-ndjson")) {
            String told = text(ask(operation, OWN, "reporter", accept));
            for (String said : said(OWN)) {
                assertThat(told).as(operation + " as " + accept).doesNotContain(said);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("queries")
    void tells_no_manager_what_was_said_in_anothers_relationship(Operation operation) throws IOException {
        for (String accept : List.of("application/json", "text/csv", "application/x-ndjson")) {
            String told = text(ask(operation, OTHERS, "manager1", accept));
            for (String said : said(OTHERS)) {
                assertThat(told).as(operation + " as " + accept).doesNotContain(said);
            }
        }
    }

    static Stream<Operation> queries() {
        return Arrays.stream(Operation.values())
                .filter(operation -> operation.method().equals("GET"));
    }

    /** The text of a story's interaction and who took part, which nobody else's story has. */
    private static List<String> said(String relationship) {
        return List.of("The furnace of " + relationship, "Ines of " + relationship);
    }

    /** Whether everything that the path names was made in the story. */
    private static boolean isOfTheStory(Operation operation) {
        return VARIABLE.matcher(operation.path())
                .results()
                .map(variable -> variable.group(1))
                .allMatch(variable -> variable.equals("relationshipId")
                        || variable.equals("assessmentId")
                        || ENTRIES.containsKey(variable));
    }

    private static boolean isOfOneRelationship(Operation operation) {
        return operation.path().contains("{relationshipId}");
    }

    private static Answer ask(Operation operation, String relationship, String user, String accept) throws IOException {
        Client client = rapport.as(user);
        String path = filled(operation.path(), relationship).substring("/api/v1".length());
        if (!operation.method().equals("POST")) {
            return operation == Operation.FOLLOW_EVENTS
                    ? client.begin(path)
                    : client.ask(operation.method(), path, Map.of("Accept", accept));
        }
        boolean isCommand =
                !operation.path().contains("/audit/") && !operation.path().contains("/operations/");
        Pattern form =
                Pattern.compile(operation.path().substring("/api/v1".length()).replaceAll("\\{\\w+}", "[^/]+"));
        PublishedStory.Request told = PublishedStory.of(relationship)
                .first(form)
                .filter(_ -> isCommand)
                .orElse(new PublishedStory.Request(0, "POST", path, "application/json", "{}"));
        return client.post(told.path(), told.body().getBytes(StandardCharsets.UTF_8), told.contentType(), Map.of());
    }

    private static String filled(String path, String relationship) {
        return VARIABLE.matcher(path)
                .replaceAll(variable -> Matcher.quoteReplacement(relationship + entry(variable.group(1), path)));
    }

    private static String entry(String variable, String path) {
        if (variable.equals("assessmentId")) {
            return path.contains("/values-") ? "-v-1" : path.contains("/dependency-") ? "-p-1" : "-a-1";
        }
        return ENTRIES.getOrDefault(variable, "");
    }

    private static String text(Answer answer) {
        return answer.raw() == null ? "" : new String(answer.raw().body(), StandardCharsets.UTF_8);
    }
}
