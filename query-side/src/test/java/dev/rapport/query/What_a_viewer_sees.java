package dev.rapport.query;

import static dev.rapport.query.Examples.SOME_DAY;
import static dev.rapport.query.Examples.assigned;
import static dev.rapport.query.Examples.commitment;
import static dev.rapport.query.Examples.interaction;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.retracted;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.InteractionCorrected;
import dev.rapport.events.StakeholderLevelRecorded;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

@OnEachDatabase
class What_a_viewer_sees extends QuerySideTest {

    private static final List<String> PATHS =
            List.of("", "/history", "/commitments", "/interactions/I-1", "/alignment", "/indicators");

    @BeforeParameterizedClassInvocation
    void happened() {
        List.of("1", "2", "3").forEach(manager -> {
            String relationship = "R-see-" + manager;
            log.append(
                    stakeholder("S-see-" + manager, "Secretive " + manager),
                    relationship(relationship, "S-see-" + manager, "manager" + manager),
                    interaction(relationship, "I-1", "the unsayable", "Annabel"),
                    new InteractionCorrected(
                            new RelationshipId(relationship),
                            new EntryId("I-1"),
                            null,
                            "the unsayable, once more",
                            List.of("Annabel"),
                            null,
                            "not the unsayable before"),
                    interaction(relationship, "I-2", "the unsayable too", "Annabel"),
                    retracted(relationship, "I-2", EntryKind.INTERACTION),
                    commitment(relationship, "C-1", Party.US, "a promise", SOME_DAY),
                    new StakeholderLevelRecorded(new RelationshipId(relationship), Level.JOINT_VALUE, null));
        });
        queries.catchUp();
    }

    private int status(String user, String path) {
        return queries.get(user, path).status();
    }

    private List<String> listed(String user, String path) {
        return queries.all(user, path).stream()
                .map(item -> item.has("relationshipId")
                        ? item.get("relationshipId").asString()
                        : item.get("id").asString())
                .filter(id -> id.startsWith("R-see-"))
                .distinct()
                .toList();
    }

    @Test
    void is_everything_for_heads_and_auditors() {
        for (String user : List.of("head", "auditor")) {
            assertThat(listed(user, "/api/v1/relationships")).contains("R-see-1", "R-see-2", "R-see-3");
            assertThat(listed(user, "/api/v1/commitments")).containsExactly("R-see-1", "R-see-2", "R-see-3");
            assertThat(listed(user, "/api/v1/reports/mismatches")).containsExactly("R-see-1", "R-see-2", "R-see-3");
            assertThat(queries.get(user, "/api/v1/relationships/R-see-1/history")
                            .ok()
                            .response()
                            .body())
                    .contains("the unsayable", "Annabel");
        }
    }

    @Test
    void is_every_report_for_relationship_managers() {
        assertThat(listed("manager1", "/api/v1/reports/mismatches")).containsExactly("R-see-1", "R-see-2", "R-see-3");
    }

    @Test
    void is_only_what_they_manage_for_relationship_managers() {
        assertThat(listed("manager1", "/api/v1/relationships")).containsExactly("R-see-1");
        assertThat(listed("manager1", "/api/v1/commitments")).containsExactly("R-see-1");
        assertThat(listed("manager1", "/api/v1/relationships?managerId=manager2"))
                .isEmpty();
        assertThat(listed("manager1", "/api/v1/commitments?managerId=manager2")).isEmpty();
        assertThat(listed("manager1", "/api/v1/relationships?q=secretive")).containsExactly("R-see-1");
        for (String path : PATHS) {
            assertThat(status("manager1", "/api/v1/relationships/R-see-1" + path))
                    .isEqualTo(200);
            assertThat(status("manager1", "/api/v1/relationships/R-see-2" + path))
                    .isEqualTo(404);
        }
        assertThat(queries.get("manager1", "/api/v1/relationships/R-see-2")
                        .json()
                        .get("detail"))
                .hasToString("\"There is no relationship R-see-2.\"");
    }

    @Test
    void changes_with_the_manager_at_once() {
        log.append(
                stakeholder("S-see-4", "Acme"),
                relationship("R-see-4", "S-see-4", "manager1"),
                assigned("R-see-4", "manager2"));
        queries.catchUp();

        for (String path : List.of("", "/history", "/commitments", "/alignment", "/indicators")) {
            assertThat(status("manager1", "/api/v1/relationships/R-see-4" + path))
                    .isEqualTo(404);
            assertThat(status("manager2", "/api/v1/relationships/R-see-4" + path))
                    .isEqualTo(200);
        }
        log.append(assigned("R-see-4", "somebody else"));
        queries.catchUp();
        assertThat(listed("manager2", "/api/v1/relationships")).doesNotContain("R-see-4");
    }

    @Test
    void is_all_but_what_was_said_and_by_whom_for_reporters() {
        assertThat(listed("reporter", "/api/v1/relationships")).contains("R-see-1", "R-see-2", "R-see-3");
        assertThat(listed("reporter", "/api/v1/reports/mismatches")).containsExactly("R-see-1", "R-see-2", "R-see-3");
        for (String path : PATHS) {
            String body = queries.get("reporter", "/api/v1/relationships/R-see-1" + path)
                    .ok()
                    .response()
                    .body();
            assertThat(body).doesNotContain("unsayable", "Annabel");
        }
        var history = queries.get("reporter", "/api/v1/relationships/R-see-1/history?type=InteractionLogged")
                .ok()
                .json();
        assertThat(history.at("/items/0/summary").asString()).isEqualTo("A meeting took place, friendly.");
        assertThat(history.at("/items/0/data").toString()).isEqualTo("""
            {"relationshipId":"R-see-1","interactionId":"I-2","channel":"MEETING","sentiment":1}\
            """);
        assertThat(queries.get("reporter", "/api/v1/relationships?q=unsayable")
                        .ok()
                        .ids())
                .isEmpty();
        assertThat(queries.get("reporter", "/api/v1/relationships?q=Annabel")
                        .ok()
                        .ids())
                .isEmpty();
    }

    @Test
    void is_the_union_of_the_roles_that_they_have() {
        assertThat(listed("manager3", "/api/v1/relationships")).contains("R-see-1", "R-see-2", "R-see-3");
        assertThat(queries.get("manager3", "/api/v1/relationships/R-see-3/interactions/I-1")
                        .ok()
                        .response()
                        .body())
                .contains("the unsayable");
        assertThat(queries.get("manager3", "/api/v1/relationships/R-see-1/interactions/I-1")
                        .ok()
                        .response()
                        .body())
                .doesNotContain("the unsayable");
    }

    @Test
    void is_nothing_for_operators_and_people_without_a_role() {
        for (String user : List.of("operator", "nobody")) {
            for (String path : List.of(
                    "/api/v1/stakeholders",
                    "/api/v1/stakeholders/S-see-1",
                    "/api/v1/relationships",
                    "/api/v1/relationships/R-see-1",
                    "/api/v1/relationships/R-see-1/history",
                    "/api/v1/relationships/R-see-1/commitments",
                    "/api/v1/relationships/R-see-1/interactions/I-1",
                    "/api/v1/relationships/R-see-1/alignment",
                    "/api/v1/relationships/R-see-1/indicators",
                    "/api/v1/reports/mismatches",
                    "/api/v1/commitments")) {
                var answer = queries.get(user, path);
                assertThat(answer.status()).as(user + " " + path).isEqualTo(403);
                assertThat(answer.json().get("type").asString()).isEqualTo("/problems/forbidden");
            }
        }
    }

    @Test
    void is_every_stakeholder_for_every_business_role() {
        for (String user : List.of("manager1", "head", "auditor", "reporter")) {
            assertThat(status(user, "/api/v1/stakeholders/S-see-2")).isEqualTo(200);
            assertThat(queries.get(user, "/api/v1/stakeholders?q=secretive%202")
                            .ok()
                            .ids())
                    .containsExactly("S-see-2");
        }
    }
}
