package dev.rapport.query;

import static dev.rapport.query.Examples.assigned;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.ConsistencyToken;
import dev.rapport.events.StreamName;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.RunningQuerySide.Answer;
import dev.rapport.query.projection.ReadModelProcessor;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@OnEachDatabase
class A_consistency_token extends QuerySideTest {

    private Answer get(String path, String token) {
        return queries.get("head", path, ConsistencyToken.HEADER, token);
    }

    private static String token(String relationship, long version) {
        return new ConsistencyToken(StreamName.of(new RelationshipId(relationship)), version).encode();
    }

    @Test
    void lets_a_query_see_the_write_that_it_stands_for() {
        log.append(stakeholder("S-tok-1", "Acme"));
        for (int write = 0; write < 30; write++) {
            ConsistencyToken token = write == 0
                    ? log.append(relationship("R-tok-1", "S-tok-1", "manager"))
                    : log.append(assigned("R-tok-1", "manager" + write));

            Answer answer = get("/api/v1/relationships/R-tok-1", token.encode()).ok();

            assertThat(answer.json().get("version").asLong()).isGreaterThanOrEqualTo(token.version());
        }
    }

    @Test
    void of_a_relationship_lets_lists_see_it_with_its_stakeholder() {
        for (int number = 0; number < 20; number++) {
            String id = "R-tok-2-" + number;
            ConsistencyToken token = log.append(
                    stakeholder("S-tok-2-" + number, "Acme"), relationship(id, "S-tok-2-" + number, "manager"));

            assertThat(get("/api/v1/relationships?q=" + id, token.encode()).ok().ids())
                    .contains(id);
        }
    }

    @Test
    void waits_for_a_write_that_comes_while_it_waits() {
        log.append(stakeholder("S-tok-3", "Acme"));
        var waiting = CompletableFuture.supplyAsync(() -> get("/api/v1/relationships/R-tok-3", token("R-tok-3", 1)));
        log.append(relationship("R-tok-3", "S-tok-3", "manager"));

        assertThat(waiting.join().status()).isEqualTo(200);
    }

    @Test
    void that_is_not_met_in_time_is_answered_with_when_to_try_again() {
        Answer answer = get("/api/v1/relationships", token("R-tok-never", 3));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/not-yet-consistent");
    }

    @Test
    void that_no_command_answered_with_is_malformed() {
        for (String forged : List.of(
                "",
                "gossip",
                "R-1:1",
                base64("relationship/R-1"),
                base64("relationship/R-1:0"),
                base64("relationship/R-1:-4"),
                base64("relationship/R-1:99999999999999999999"),
                base64("relationship/R 1:1"),
                base64("relationship/\u0000:1"),
                base64("gossip/R-1:1"))) {
            Answer answer = get("/api/v1/relationships", forged);

            assertThat(answer.status()).as(forged).isEqualTo(400);
            assertThat(answer.json().at("/errors/0/parameter").asString()).isEqualTo("Consistency-Token");
        }
    }

    private static String base64(String plain) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void is_met_by_a_projection_in_another_process_too() {
        var apart = new Log(database);
        String url = database.freshUrl();
        try (var projecting = RunningQuerySide.of(apart, database, url);
                var answering = RunningQuerySide.of(apart, database, url)) {
            answering.bean(ReadModelProcessor.class).stop();
            apart.append(stakeholder("S-tok-4", "Acme"));
            for (int number = 0; number < 5; number++) {
                String id = "R-tok-4-" + number;
                ConsistencyToken token = apart.append(relationship(id, "S-tok-4", "manager"));

                assertThat(answering
                                .get("head", "/api/v1/relationships/" + id, ConsistencyToken.HEADER, token.encode())
                                .status())
                        .isEqualTo(200);
            }
            assertThat(projecting.bean(ReadModelProcessor.class).isRunning()).isTrue();
        }
        apart.close();
    }
}
