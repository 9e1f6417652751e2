package dev.rapport.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.EntryRetracted;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.StakeholderProfileChanged;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.query.RunningQuerySide.Answer;
import dev.rapport.query.relationship.Relationship.Levels;
import dev.rapport.query.relationship.Relationship.Status;
import dev.rapport.query.relationship.RelationshipFold;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists are compared with what plain Java picks and sorts out of all relationships, each asked for by itself. */
@OnEachDatabase
class The_portfolio {

    private static final long SEED = 7;

    private static final Map<String, Comparator<JsonNode>> ORDERS = orders();
    private static final Map<String, List<Filter>> FILTERS = filters();

    @Parameter
    Database database;

    private Log log;
    private RunningQuerySide queries;
    private RandomHistory history;

    private record Filter(String value, Predicate<JsonNode> picks) {}

    @BeforeParameterizedClassInvocation
    void grew() {
        System.out.println("seed " + SEED);
        log = new Log(database);
        queries = RunningQuerySide.of(log, database);
        history = new RandomHistory(SEED, "port");
        happen(1400);
    }

    @BeforeEach
    void while_half_of_the_evidence_has_aged() {
        queries.clock.set(Instant.parse("2027-01-31T12:00:00Z"));
    }

    @AfterParameterizedClassInvocation
    void end() {
        queries.close();
        log.close();
    }

    private void happen(int count) {
        history.next(count).forEach(happening -> log.append(Log.SOMEBODY, happening.occurredAt(), happening.events()));
        queries.catchUp();
    }

    private List<JsonNode> everyOne() {
        return log.versions().keySet().stream()
                .filter(stream -> stream.value().startsWith("relationship/"))
                .map(stream -> stream.value().substring("relationship/".length()))
                .map(id ->
                        queries.get("head", "/api/v1/relationships/" + id).ok().json())
                .toList();
    }

    private static List<String> ids(List<JsonNode> items) {
        return items.stream().map(item -> item.get("id").asString()).toList();
    }

    private static Map<String, Comparator<JsonNode>> orders() {
        Map<String, Comparator<JsonNode>> ascending = new LinkedHashMap<>();
        ascending.put("established", Comparator.comparing(item -> item.get("id").asString()));
        ascending.put("name", (one, other) -> Arrays.compareUnsigned(nameKey(one), nameKey(other)));
        ascending.put("lastInteraction", Comparator.comparing(The_portfolio::lastInteraction));
        ascending.put("level", Comparator.comparingInt(The_portfolio::level));
        ascending.put("nextDue", Comparator.comparing(The_portfolio::nextDue));
        Comparator<JsonNode> byId = Comparator.comparing(item -> item.get("id").asString());
        Map<String, Comparator<JsonNode>> orders = new LinkedHashMap<>();
        ascending.forEach((name, order) -> {
            orders.put(name, order.thenComparing(byId));
            orders.put("-" + name, order.thenComparing(byId).reversed());
        });
        return orders;
    }

    private static byte[] nameKey(JsonNode item) {
        return plain(item.get("stakeholderName").asString()).getBytes(StandardCharsets.UTF_8);
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
    }

    private static Instant lastInteraction(JsonNode item) {
        return item.has("lastInteractionAt")
                ? Instant.parse(item.get("lastInteractionAt").asString())
                : Instant.MIN;
    }

    private static int level(JsonNode item) {
        return List.of("TRANSACTIONAL", "ADDED_VALUE", "JOINT_VALUE")
                .indexOf(item.get("declaredLevel").asString());
    }

    private static LocalDate nextDue(JsonNode item) {
        return item.has("nextDueCommitment")
                ? LocalDate.parse(item.at("/nextDueCommitment/dueOn").asString())
                : LocalDate.MAX;
    }

    private static Map<String, List<Filter>> filters() {
        Map<String, List<Filter>> filters = new LinkedHashMap<>();
        filters.put("managerId", by("managerId", "manager1", "manager2", "nobody"));
        filters.put("group", by("stakeholderGroup", "IT", "Parts", "none"));
        filters.put("kind", by("stakeholderKind", "SUPPLIER", "REGULATOR", "INTERNAL_PROVIDER"));
        filters.put("level", by("declaredLevel", "TRANSACTIONAL", "ADDED_VALUE", "JOINT_VALUE"));
        filters.put("status", by("status", "ACTIVE", "ENDED"));
        filters.put("mismatch", by("mismatch", "true", "false"));
        filters.put(
                "quietSince",
                List.of("2026-01-15T00:00:00Z", "2026-02-14", "2026-02-28T01:00:00%2B01:00").stream()
                        .map(value ->
                                new Filter(value, item -> lastInteraction(item).isBefore(moment(value))))
                        .toList());
        filters.put(
                "q",
                List.of("ACME", "Écol", "%", "_off", "to have z", "r-port-00", "nothing at all").stream()
                        .map(value -> new Filter(RunningQuerySide.encoded(value), item -> says(item, value)))
                        .toList());
        return filters;
    }

    private static Instant moment(String value) {
        return switch (value) {
            case "2026-02-14" -> Instant.parse("2026-02-14T00:00:00Z");
            case "2026-02-28T01:00:00%2B01:00" -> Instant.parse("2026-02-28T00:00:00Z");
            default -> Instant.parse(value);
        };
    }

    private static List<Filter> by(String field, String... values) {
        return Arrays.stream(values)
                .map(value -> new Filter(
                        RunningQuerySide.encoded(value),
                        item -> item.get(field).asString().equals(value)))
                .toList();
    }

    private static boolean says(JsonNode item, String text) {
        String searched =
                item.get("id").asString() + "\n" + item.get("stakeholderId").asString() + "\n"
                        + item.get("stakeholderName").asString() + "\n"
                        + (item.has("purpose") ? item.get("purpose").asString() : "");
        return plain(searched).contains(plain(text));
    }

    @Test
    void is_picked_and_sorted_and_paged_as_plain_java_would() {
        var random = new Random(SEED);
        List<JsonNode> everyOne = everyOne();
        for (int round = 0; round < 100; round++) {
            String order = List.copyOf(ORDERS.keySet()).get(round % ORDERS.size());
            Map<String, Filter> chosen = new LinkedHashMap<>();
            FILTERS.forEach((name, choices) -> {
                if (random.nextInt(5) == 0) {
                    chosen.put(name, choices.get(random.nextInt(choices.size())));
                }
            });
            String query = chosen.entrySet().stream()
                    .map(filter ->
                            "&" + filter.getKey() + "=" + filter.getValue().value())
                    .collect(Collectors.joining());

            List<JsonNode> listed = queries.all(
                    "head", "/api/v1/relationships?sort=" + order + "&limit=" + (1 + random.nextInt(30)) + query);

            assertThat(ids(listed))
                    .as("sort=%s%s", order, query)
                    .isEqualTo(ids(everyOne.stream()
                            .filter(item -> chosen.values().stream()
                                    .allMatch(filter -> filter.picks().test(item)))
                            .sorted(ORDERS.get(order))
                            .toList()));
        }
    }

    @Test
    void shows_each_relationship_as_it_shows_by_itself() {
        Map<String, JsonNode> listed = queries.all("head", "/api/v1/relationships").stream()
                .collect(Collectors.toMap(item -> item.get("id").asString(), Function.identity()));

        assertThat(everyOne())
                .allSatisfy(one -> assertThat(
                                ((ObjectNode) one).without("practice").without("trust"))
                        .isEqualTo(((ObjectNode) listed.get(one.get("id").asString())).without("trust")));
    }

    @Test
    void tells_the_practised_level_and_mismatches_at_any_time_as_looking_through_all_entries_does() {
        Map<String, RelationshipFold> folds = new LinkedHashMap<>();
        log.log.recorded(log.log.read(0, 1_000_000)).forEach(recorded -> {
            if (recorded.payload() instanceof RelationshipEvent event) {
                folds.computeIfAbsent(event.relationshipId().value(), _ -> RelationshipFold.fromTheStart())
                        .evolve(event, recorded);
            }
        });
        var random = new Random(SEED);
        Set<Level> seen = EnumSet.noneOf(Level.class);
        for (int round = 0; round < 25; round++) {
            Instant now = Instant.parse("2026-12-25T00:00:00Z").plusSeconds(3_600L * random.nextInt(72 * 24));
            queries.clock.set(now);

            List<String> mismatched = new ArrayList<>();
            for (JsonNode listed : queries.all("head", "/api/v1/relationships?limit=500")) {
                String id = listed.get("id").asString();
                RelationshipFold fold = folds.get(id);
                Level practised = PlainPractice.practised(fold.entries(), now);
                seen.add(practised);
                Levels levels = fold.relationship().levels();
                boolean mismatch = Stream.of(levels.declared(), levels.stakeholders(), practised)
                                .filter(Objects::nonNull)
                                .distinct()
                                .count()
                        > 1;
                assertThat(listed.get("practisedLevel").asString()).as(id).isEqualTo(practised.name());
                assertThat(listed.get("mismatch").asBoolean()).as(id).isEqualTo(mismatch);
                assertThat(listed.has("mismatchSummary")).as(id).isEqualTo(mismatch);
                if (mismatch) {
                    mismatched.add(id);
                }
            }

            assertThat(ids(queries.all("head", "/api/v1/relationships?limit=7&mismatch=true")))
                    .isEqualTo(mismatched);
            assertThat(ids(queries.all("head", "/api/v1/relationships?mismatch=false")))
                    .doesNotContainAnyElementsOf(mismatched)
                    .hasSize(folds.size() - mismatched.size());
            for (Status status : Status.values()) {
                assertThat(queries.all("head", "/api/v1/reports/mismatches?limit=5&status=" + status).stream()
                                .map(item -> item.get("relationshipId").asString()))
                        .isEqualTo(mismatched.stream()
                                .filter(id -> folds.get(id).relationship().status() == status)
                                .toList());
            }
        }
        assertThat(seen).containsExactly(Level.values());
    }

    @Test
    void shows_the_alignment_of_the_latest_assessment_that_counts() {
        for (JsonNode listed : queries.all("head", "/api/v1/relationships?limit=500")) {
            List<JsonNode> assessments = queries.all(
                    "head", "/api/v1/relationships/" + listed.get("id").asString() + "/alignment?limit=2");

            assertThat(assessments)
                    .isSortedAccordingTo(Comparator.comparing((JsonNode assessed) ->
                                    Instant.parse(assessed.get("assessedAt").asString()))
                            .reversed());
            assertThat(listed.get("alignment"))
                    .isEqualTo(
                            assessments.isEmpty()
                                    ? null
                                    : assessments.getFirst().get("alignment"));
        }
    }

    @Test
    void shows_the_oldest_first_unless_told_otherwise() {
        assertThat(ids(queries.all("head", "/api/v1/relationships?limit=7")))
                .isEqualTo(ids(queries.all("head", "/api/v1/relationships?sort=established")));
    }

    @Test
    void loses_and_repeats_nothing_while_things_go_on() {
        for (String list : List.of(
                "/api/v1/relationships?limit=3",
                "/api/v1/relationships?limit=3&sort=-established",
                "/api/v1/commitments?limit=7",
                "/api/v1/commitments?limit=7&sort=-recorded",
                "/api/v1/stakeholders?limit=3",
                "/api/v1/stakeholders?limit=3&sort=-registered")) {
            Set<String> before = keys(queries.all("head", list));

            List<JsonNode> seen = new ArrayList<>();
            String next = list;
            while (next != null) {
                Answer page = queries.get("head", next).ok();
                page.json().get("items").forEach(seen::add);
                next = page.next().orElse(null);
                if (seen.size() < 60) {
                    happen(6);
                }
            }

            assertThat(seen).as(list).hasSameSizeAs(keys(seen));
            before.removeAll(retracted());
            assertThat(keys(seen)).as(list).containsAll(before);
        }
    }

    private Set<String> retracted() {
        Set<String> retracted = new HashSet<>();
        log.log.recorded(log.log.read(0, 1_000_000)).forEach(recorded -> {
            if (recorded.payload() instanceof EntryRetracted event) {
                retracted.add(event.relationshipId() + " " + event.entryId());
            }
        });
        return retracted;
    }

    private static Set<String> keys(List<JsonNode> items) {
        return items.stream()
                .map(item -> item.has("relationshipId")
                        ? item.get("relationshipId").asString() + " "
                                + item.get("id").asString()
                        : item.get("id").asString())
                .collect(Collectors.toCollection(HashSet::new));
    }

    @Test
    void goes_on_where_it_was_though_the_last_one_shown_has_gone_elsewhere() {
        Answer first =
                queries.get("head", "/api/v1/relationships?sort=-name&limit=5").ok();
        List<String> rest = new ArrayList<>(ids(queries.all("head", "/api/v1/relationships?sort=-name")));
        rest.removeAll(first.ids());
        String last = first.ids().getLast();
        String stakeholder = queries.get("head", "/api/v1/relationships/" + last)
                .ok()
                .json()
                .get("stakeholderId")
                .asString();

        log.append(new StakeholderProfileChanged(
                new StakeholderId(stakeholder), "Zzz, always first now", null, null, null));
        queries.catchUp();

        assertThat(ids(queries.all("head", first.next().orElseThrow()))).isEqualTo(rest);
    }
}
