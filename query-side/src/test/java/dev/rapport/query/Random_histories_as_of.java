package dev.rapport.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.StreamName;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.vocabulary.RelationshipId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

/** What the audit area folds is held to what the live projection showed, and to a plain look through all events. */
@OnEachDatabase
class Random_histories_as_of {

    private static final long SEED = 20261127;
    private static final int HAPPENINGS = 300;
    private static final int QUESTIONS = 300;
    private static final Offset<Double> SAME = within(1e-9);

    private record Version(String relationship, long version) {}

    @Parameter
    Database database;

    private Log log;
    private String url;
    private RunningQuerySide queries;
    private final Map<Version, String> shown = new LinkedHashMap<>();

    @BeforeParameterizedClassInvocation
    void follow_a_history_and_remember_what_was_shown() {
        System.out.println("seed " + SEED);
        log = new Log(database);
        url = database.freshUrl();
        queries = RunningQuerySide.of(log, database, url);
        for (var happening : new RandomHistory(SEED, "asof").next(HAPPENINGS)) {
            log.append(Log.SOMEBODY, happening.occurredAt(), happening.events());
            queries.catchUp();
            if (happening.events().getLast() instanceof RelationshipEvent event) {
                remember(event.relationshipId().value());
            }
        }
    }

    private void remember(String relationship) {
        var live =
                queries.get("auditor", "/api/v1/relationships/" + relationship).ok();
        shown.put(
                new Version(relationship, live.json().get("version").asLong()),
                live.response().body());
    }

    @AfterParameterizedClassInvocation
    void end() {
        queries.close();
        log.close();
    }

    private void assertEveryVersionIsWhatWasShown(RunningQuerySide asked) {
        assertThat(shown).hasSizeGreaterThan(HAPPENINGS / 2);
        shown.forEach((version, live) -> assertThat(
                        asked.get("auditor", statePath(version.relationship) + "?version=" + version.version)
                                .ok()
                                .response()
                                .body())
                .as(version.toString())
                .isEqualTo(live));
    }

    private static String statePath(String relationship) {
        return "/api/v1/audit/relationships/" + relationship + "/state";
    }

    @Test
    void are_at_every_version_what_the_live_projection_showed_when_it_was_the_newest() {
        assertEveryVersionIsWhatWasShown(queries);
    }

    @Test
    void are_so_after_a_restart_and_when_the_read_models_are_lost() {
        try (var restarted = RunningQuerySide.of(log, database, url)) {
            assertEveryVersionIsWhatWasShown(restarted);
        }
        try (var rebuilt = RunningQuerySide.of(log, database, database.freshUrl())) {
            assertEveryVersionIsWhatWasShown(rebuilt);
        }
    }

    @Test
    void are_at_any_two_times_what_a_plain_look_through_the_events_finds() {
        var random = new Random(SEED);
        List<String> relationships =
                shown.keySet().stream().map(Version::relationship).distinct().toList();
        int told = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            String relationship = relationships.get(random.nextInt(relationships.size()));
            List<RecordedEvent> all = events(relationship);
            Instant knownAt = all.get(random.nextInt(all.size())).recordedAt();
            Instant validAt =
                    Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(random.nextInt(70 * 24 * 60)));
            List<RecordedEvent> known = all.stream()
                    .takeWhile(event -> !event.recordedAt().isAfter(knownAt))
                    .toList();
            String times = "validAt=" + validAt + "&knownAt=" + knownAt;
            var answer = queries.get("auditor", statePath(relationship) + "?" + times);

            if (all.getFirst().occurredAt().isAfter(validAt)) {
                assertThat(answer.status()).isEqualTo(404);
            } else {
                told++;
                JsonNode state = answer.ok().json();
                assertThat(PlainState.told(state))
                        .as("%s as of %s", relationship, times)
                        .isEqualTo(new PlainState(known, validAt).facts());
                assertThat(state.get("version").asLong()).isEqualTo(known.size());
                assertTrustIsThatOfTheCourse(relationship, state, validAt, knownAt);
            }
        }
        assertThat(told).isGreaterThan(QUESTIONS / 3);
    }

    private void assertTrustIsThatOfTheCourse(String relationship, JsonNode state, Instant validAt, Instant knownAt) {
        JsonNode course = queries.get(
                        "auditor",
                        "/api/v1/audit/relationships/" + relationship + "/trust?from=" + validAt + "&to=" + validAt
                                + "&knownAt=" + knownAt)
                .ok()
                .json();
        for (String side : List.of("inThem", "inUs")) {
            course.at("/points/0/" + side)
                    .forEachEntry((figure, value) -> assertThat(
                                    state.at("/trust/" + side + "/" + figure).asDouble())
                            .as("%s of %s in %s as of %s", figure, side, relationship, validAt)
                            .isCloseTo(value.asDouble(), SAME));
        }
    }

    private List<RecordedEvent> events(String relationship) {
        return log.log.recorded(log.log.readStream(
                StreamName.of(new RelationshipId(relationship)).value(), 0, 10_000));
    }
}
