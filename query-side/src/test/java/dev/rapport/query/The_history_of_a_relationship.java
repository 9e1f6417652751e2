package dev.rapport.query;

import static dev.rapport.query.Examples.everythingThatCanHappen;
import static dev.rapport.query.Examples.interaction;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.DomainEvent;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.storage.EventTypes;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnEachDatabase
class The_history_of_a_relationship extends QuerySideTest {

    private static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00Z");
    private static final Instant FRIDAY = Instant.parse("2026-03-06T10:00:00Z");

    private List<JsonNode> history(String path) {
        queries.catchUp();
        return queries.all("head", "/api/v1/relationships/" + path);
    }

    private static List<String> types(List<JsonNode> items) {
        return items.stream().map(item -> item.get("type").asString()).toList();
    }

    @Test
    void tells_every_event_in_a_sentence_without_an_id_of_ours() {
        List<DomainEvent> everything = everythingThatCanHappen("S-hist-1", "R-hist-1");
        log.append(everything.toArray(DomainEvent[]::new));

        List<JsonNode> items = history("R-hist-1/history?limit=7");

        Set<String> told = new HashSet<>(types(items));
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(EventTypes.leavesOf(RelationshipEvent.class)
                        .map(Class::getSimpleName)
                        .toList());
        assertThat(items)
                .allSatisfy(item -> assertThat(item.get("summary").asString())
                        .endsWith(".")
                        .doesNotContain("null")
                        .doesNotContain("-1 ", "C-", "I-", "D-", "O-", "K-", "N-", "Q-", "R-hist"));
        assertThat(items.stream().map(item -> item.get("summary").asString()))
                .contains(
                        "The relationship with Acme & Sons began at the transactional level, managed by manager1:"
                                + " “Safe supply”.",
                        "Acme & Sons kept the promise “Deliver 12 parts a day”, late: “At last”.",
                        "We broke the promise “Pay within 10 days”: “The bank was closed”.",
                        "We were released from the promise “Share the forecast”: “No longer needed”.",
                        "The indicator “Parts without fault” measured 98.10 on 2026-04-01 and missed its target.",
                        "Acme & Sons disputes the concern “They hide their costs”: “They were published”.",
                        "A meeting with Ann and Bob, friendly: “They were late, and said so”.");
    }

    @Test
    void keeps_the_order_of_recording_and_both_times() {
        log.append(stakeholder("S-hist-2", "Acme"), relationship("R-hist-2", "S-hist-2", "manager1"));
        log.append("manager2", FRIDAY, List.of(interaction("R-hist-2", "I-1", "on Friday", "Ann")));
        log.append("manager2", MONDAY, List.of(interaction("R-hist-2", "I-2", "on Monday, told later", "Ann")));

        List<JsonNode> items = history("R-hist-2/history");

        assertThat(items.stream().map(item -> item.get("version").asLong())).containsExactly(3L, 2L, 1L);
        JsonNode newest = items.getFirst();
        assertThat(newest.get("occurredAt").asString()).isEqualTo(MONDAY.toString());
        assertThat(Instant.parse(newest.get("recordedAt").asString())).isAfter(FRIDAY);
        assertThat(newest.get("recordedBy").asString()).isEqualTo("manager2");
        assertThat(newest.get("position").asLong())
                .isEqualTo(items.get(1).get("position").asLong() + 1);
        assertThat(newest.get("data").toString()).isEqualTo("""
            {"relationshipId":"R-hist-2","interactionId":"I-2","channel":"MEETING","summary":"on Monday, told later",\
            "participants":["Ann"],"sentiment":1}\
            """);
    }

    @Test
    void is_filtered_by_types_and_by_when_things_occurred() {
        log.append(MONDAY, stakeholder("S-hist-3", "Acme"), relationship("R-hist-3", "S-hist-3", "manager1"));
        log.append(FRIDAY, interaction("R-hist-3", "I-1", "on Friday"));
        log.append(MONDAY, interaction("R-hist-3", "I-2", "on Monday"), Examples.assigned("R-hist-3", "manager2"));

        assertThat(types(history("R-hist-3/history?type=InteractionLogged&type=ManagerAssigned")))
                .containsExactly("ManagerAssigned", "InteractionLogged", "InteractionLogged");
        assertThat(types(history("R-hist-3/history?from=2026-03-06"))).containsExactly("InteractionLogged");
        assertThat(types(history("R-hist-3/history?to=2026-03-06T10:00:00Z&type=InteractionLogged")))
                .hasSize(1);
        assertThat(history("R-hist-3/history?from=2026-03-06T10:00:00.000001Z")).isEmpty();
        assertThat(history("R-hist-3/history?from=2026-03-06T12:00:00%2B02:00")).hasSize(1);
        assertThat(queries.get("head", "/api/v1/relationships/R-hist-3/history?type=Gossip")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void names_what_an_event_deals_with_even_when_it_was_recorded_on_another_page() {
        log.append(everythingThatCanHappen("S-hist-4", "R-hist-4").toArray(DomainEvent[]::new));

        assertThat(history("R-hist-4/history?type=CommitmentBecameOverdue")
                        .getFirst()
                        .get("summary")
                        .asString())
                .isEqualTo("The promise “Deliver 12 parts a day” became overdue; it was due by 2026-04-08.");
    }
}
