package dev.rapport.query;

import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.problem.Problem;
import dev.rapport.query.RunningQuerySide.Answer;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

@OnEachDatabase
class Problems extends QuerySideTest {

    @BeforeParameterizedClassInvocation
    void happened() {
        for (int number = 1; number <= 3; number++) {
            log.append(
                    stakeholder("S-prob-" + number, "Acme"),
                    relationship("R-prob-" + number, "S-prob-" + number, "manager1"));
        }
        queries.catchUp();
    }

    private static void isProblem(Answer answer, Problem problem) {
        assertThat(answer.status()).isEqualTo(problem.status());
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("type").asString()).isEqualTo(problem.type());
        assertThat(answer.json().get("title").asString()).isEqualTo(problem.title());
        assertThat(answer.json().get("status").asInt()).isEqualTo(problem.status());
        assertThat(answer.json().get("detail").asString()).isNotBlank();
        assertThat(answer.json().get("instance").asString())
                .isEqualTo(answer.response().uri().getRawPath());
    }

    private static List<String> parameters(Answer answer) {
        return answer.json()
                .get("errors")
                .valueStream()
                .map(error -> error.get("parameter").asString())
                .toList();
    }

    @Test
    void name_every_fault_of_the_parameters() {
        Answer answer = queries.get(
                "head",
                "/api/v1/relationships?level=HIGHEST&mismatch=perhaps&quietSince=yesterday&limit=0&sort=warmth&trustUnder=0.4"
                    + "&status=ACTIVE&status=ENDED&cursor=gossip");

        isProblem(answer, Problem.MALFORMED_REQUEST);
        assertThat(parameters(answer))
                .containsExactly("trustUnder", "level", "status", "mismatch", "quietSince", "sort", "limit");
        assertThat(answer.json().at("/errors/0/detail").asString())
                .isEqualTo(
                        "is not a parameter of this query; these are: managerId, group, kind, level, status, mismatch,"
                                + " quietSince, trend, trustBelow, q, sort, limit, cursor");
        assertThat(answer.json().at("/errors/5/detail").asString())
                .isEqualTo("is none of: established, -established, name, -name, lastInteraction, -lastInteraction,"
                        + " level, -level, nextDue, -nextDue, trust, -trust");
    }

    @Test
    void answer_values_that_are_none() {
        for (String query : List.of(
                "relationships?kind=",
                "relationships?kind=supplier",
                "relationships?limit=501",
                "relationships?limit=-1",
                "relationships?limit=1e1",
                "relationships?limit=",
                "relationships?quietSince=2026-02-30",
                "relationships?quietSince=2026-02-20T10:00:00",
                "relationships?quietSince=2026-02-20T10:00:00+01:00",
                "relationships?quietSince=%2B999999999-12-31T23:59:59Z",
                "relationships?mismatch=TRUE",
                "relationships?q=" + "a".repeat(1001),
                "relationships/R-prob-1?limit=1",
                "relationships/R-prob-1/history?type=gossip",
                "relationships/R-prob-1/history?from=today",
                "stakeholders?sort=kind",
                "stakeholders/S-prob-1?gossip",
                "commitments?dueBefore=2026-02-20T10:00:00Z",
                "commitments?state=DONE",
                "commitments?madeBy=BOTH")) {
            isProblem(queries.get("head", "/api/v1/" + query), Problem.MALFORMED_REQUEST);
        }
    }

    @Test
    void answer_a_cursor_of_another_query() {
        String cursor = queries.get("head", "/api/v1/relationships?limit=1&q=r-prob")
                .ok()
                .json()
                .get("nextCursor")
                .asString();

        assertThat(queries.get("head", "/api/v1/relationships?limit=2&q=r-prob&cursor=" + cursor)
                        .ok()
                        .ids())
                .containsExactly("R-prob-2", "R-prob-3");
        for (String other : List.of(
                "relationships?cursor=",
                "relationships?q=r-prob&sort=name&cursor=",
                "relationships?q=r-probe&cursor=",
                "stakeholders?q=r-prob&cursor=",
                "commitments?cursor=",
                "relationships/R-prob-1/history?cursor=")) {
            Answer answer = queries.get("head", "/api/v1/" + other + cursor);
            isProblem(answer, Problem.MALFORMED_REQUEST);
            assertThat(parameters(answer)).containsExactly("cursor");
        }
        for (String forged : List.of("", "A", "AAAA", "%00", cursor.substring(1), cursor + "AAAA", "%F0%9F%92%A9")) {
            isProblem(
                    queries.get("head", "/api/v1/relationships?q=r-prob&cursor=" + forged), Problem.MALFORMED_REQUEST);
        }
    }

    @Test
    void are_no_answer_to_strange_texts() {
        for (String strange : List.of(
                "%00", "%27", "%27%3B%20drop%20table%20relationship%3B--", "%25", "_", "%5C", "!", "%F0%9F%92%A9")) {
            for (String query : List.of(
                    "relationships?q=",
                    "relationships?managerId=",
                    "relationships?group=",
                    "stakeholders?q=",
                    "stakeholders?group=",
                    "commitments?managerId=")) {
                assertThat(queries.get("head", "/api/v1/" + query + strange).status())
                        .as(query + strange)
                        .isEqualTo(200);
            }
        }
        isProblem(queries.get("head", "/api/v1/relationships?q=%ED%A0%80"), Problem.MALFORMED_REQUEST);
    }

    @Test
    void answer_paths_methods_and_forms_that_there_are_none_of() {
        isProblem(queries.get("head", "/api/v1/gossip"), Problem.NOT_FOUND);
        isProblem(queries.get("head", "/gossip"), Problem.NOT_FOUND);
        isProblem(queries.get("head", "/problems/gossip"), Problem.NOT_FOUND);
        Answer deleted = queries.send(
                queries.request("head", "/api/v1/commitments").DELETE().build());
        isProblem(deleted, Problem.METHOD_NOT_ALLOWED);
        assertThat(deleted.header("Allow")).contains("GET");
        for (String form : List.of("application/graphml+xml", "text/html", "nonsense/*")) {
            isProblem(queries.get("head", "/api/v1/relationships", "Accept", form), Problem.NOT_ACCEPTABLE);
        }
    }

    @Test
    void have_a_page_that_everybody_may_read() {
        for (Problem problem : Problem.values()) {
            HttpRequest request = queries.anonymous(problem.type())
                    .header("Accept", "application/problem+json")
                    .build();
            Answer page = queries.send(request).ok();

            assertThat(page.header("Content-Type")).startsWith("text/html");
            assertThat(page.response().body())
                    .contains("<h1>" + problem.title() + "</h1>")
                    .doesNotContain("`");
        }
    }
}
