package dev.rapport.query;

import static dev.rapport.query.Examples.SOME_DAY;
import static dev.rapport.query.Examples.commitment;
import static dev.rapport.query.Examples.kept;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.retracted;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.CommitmentBecameOverdue;
import dev.rapport.events.CommitmentKept;
import dev.rapport.events.CommitmentRenegotiated;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import tools.jackson.databind.JsonNode;

@OnEachDatabase
class Commitments extends QuerySideTest {

    private static final RelationshipId ONE = new RelationshipId("R-com-1");

    @BeforeParameterizedClassInvocation
    void happened() {
        log.append(
                stakeholder("S-com-1", "Acme"),
                relationship("R-com-1", "S-com-1", "manager-com-1"),
                stakeholder("S-com-2", "Bolt"),
                relationship("R-com-2", "S-com-2", "manager-com-2"),
                commitment("R-com-1", "C-open", Party.US, "open", SOME_DAY.plusDays(5)),
                commitment("R-com-1", "C-overdue", Party.THEM, "overdue", SOME_DAY),
                new CommitmentBecameOverdue(ONE, new EntryId("C-overdue"), SOME_DAY),
                commitment("R-com-1", "C-late", Party.THEM, "late", SOME_DAY.plusDays(1)),
                new CommitmentBecameOverdue(ONE, new EntryId("C-late"), SOME_DAY.plusDays(1)),
                new CommitmentKept(ONE, new EntryId("C-late"), true, "phew"),
                commitment("R-com-1", "C-moved", Party.US, "moved", SOME_DAY.plusDays(2)),
                new CommitmentBecameOverdue(ONE, new EntryId("C-moved"), SOME_DAY.plusDays(2)),
                new CommitmentRenegotiated(
                        ONE, new EntryId("C-moved"), SOME_DAY.plusDays(9), "moved on", "by agreement"),
                commitment("R-com-1", "C-wrong", Party.US, "wrong", SOME_DAY.plusDays(3)),
                retracted("R-com-1", "C-wrong", EntryKind.COMMITMENT),
                commitment("R-com-2", "C-kept", Party.US, "kept", SOME_DAY.plusDays(4)),
                kept("R-com-2", "C-kept"));
        queries.catchUp();
    }

    private List<String> ids(String path) {
        return queries.all("head", path).stream()
                .map(item -> item.get("id").asString())
                .toList();
    }

    private List<String> ofOne(String filter) {
        return ids("/api/v1/relationships/R-com-1/commitments?limit=2" + filter);
    }

    @Test
    void are_listed_in_the_order_of_recording_without_those_retracted() {
        assertThat(ofOne("")).containsExactly("C-open", "C-overdue", "C-late", "C-moved");
        assertThat(ofOne("&sort=-recorded")).containsExactly("C-moved", "C-late", "C-overdue", "C-open");
        assertThat(ofOne("&sort=dueOn")).containsExactly("C-overdue", "C-late", "C-open", "C-moved");
        assertThat(ofOne("&sort=-dueOn")).containsExactly("C-moved", "C-open", "C-late", "C-overdue");
    }

    @Test
    void are_filtered_by_state_and_party_and_due_day() {
        assertThat(ofOne("&state=OPEN")).containsExactly("C-open", "C-overdue", "C-moved");
        assertThat(ofOne("&state=KEPT")).containsExactly("C-late");
        assertThat(ofOne("&overdue=true")).containsExactly("C-overdue");
        assertThat(ofOne("&overdue=false&state=OPEN")).containsExactly("C-open", "C-moved");
        assertThat(ofOne("&madeBy=THEM")).containsExactly("C-overdue", "C-late");
        assertThat(ofOne("&dueBefore=2026-04-06")).containsExactly("C-overdue", "C-late");
    }

    @Test
    void of_all_relationships_are_filtered_by_their_manager() {
        assertThat(ids("/api/v1/commitments?managerId=manager-com-1&limit=1"))
                .containsExactly("C-open", "C-overdue", "C-late", "C-moved");
        assertThat(ids("/api/v1/commitments?managerId=manager-com-2")).containsExactly("C-kept");
    }

    @Test
    void tell_what_became_of_them() {
        JsonNode late = queries.get("head", "/api/v1/relationships/R-com-1/commitments/C-late")
                .ok()
                .json();
        assertThat(late.get("state").asString()).isEqualTo("KEPT");
        assertThat(late.get("late").asBoolean()).isTrue();
        assertThat(late.get("overdue").asBoolean()).isFalse();
        assertThat(late.get("note").asString()).isEqualTo("phew");

        JsonNode moved = queries.get("head", "/api/v1/relationships/R-com-1/commitments/C-moved")
                .ok()
                .json();
        assertThat(moved.get("dueOn").asString()).isEqualTo("2026-04-10");
        assertThat(moved.get("statement").asString()).isEqualTo("moved on");
        assertThat(moved.get("overdue").asBoolean()).isFalse();
        assertThat(moved.get("renegotiations").asInt()).isEqualTo(1);
    }

    @Test
    void that_were_retracted_are_shown_by_themselves_still_and_say_so() {
        JsonNode wrong = queries.get("head", "/api/v1/relationships/R-com-1/commitments/C-wrong")
                .ok()
                .json();
        assertThat(wrong.get("retracted").asBoolean()).isTrue();
    }
}
