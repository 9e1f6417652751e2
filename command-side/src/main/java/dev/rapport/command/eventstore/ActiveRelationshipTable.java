package dev.rapport.command.eventstore;

import dev.rapport.command.Refusal;
import dev.rapport.command.Refusal.Reason;
import dev.rapport.command.relationship.ActiveRelationships;
import dev.rapport.events.ManagerAssigned;
import dev.rapport.events.RelationshipEstablished;
import dev.rapport.events.StreamName;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.Message;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which relationship of a stakeholder is active; the primary key lets no two be, whoever claims at the same time. */
@Component
class ActiveRelationshipTable implements ActiveRelationships {

    private final JdbcClient sql;
    private final EventStore eventStore;

    ActiveRelationshipTable(JdbcClient sql, EventStore eventStore) {
        this.sql = sql;
        this.eventStore = eventStore;
    }

    @Override
    public void claim(StakeholderId stakeholder, RelationshipId relationship) {
        if (eventStore.lastSequenceNumberFor(StreamName.of(stakeholder).value()).isEmpty()) {
            throw new Refusal(Reason.NOT_FOUND, "there is no stakeholder " + stakeholder);
        }
        activeOf(stakeholder).ifPresent(active -> {
            throw new Refusal(
                    Reason.STAKEHOLDER_HAS_RELATIONSHIP,
                    "stakeholder " + stakeholder + " has an active relationship already: " + active);
        });
        sql.sql("insert into active_relationship (stakeholder_id, relationship_id) values (?, ?)")
                .param(stakeholder.value())
                .param(relationship.value())
                .update();
    }

    @Override
    public void release(StakeholderId stakeholder) {
        sql.sql("delete from active_relationship where stakeholder_id = ?")
                .param(stakeholder.value())
                .update();
    }

    @Override
    public Optional<ManagerId> managerOf(StakeholderId stakeholder) {
        return activeOf(stakeholder).flatMap(this::lastManager);
    }

    /** By the relationship's own events: nothing else on this side says it, and profiles change seldom. */
    private Optional<ManagerId> lastManager(String relationship) {
        return eventStore
                .readEvents(StreamName.of(new RelationshipId(relationship)).value())
                .asStream()
                .map(Message::getPayload)
                .flatMap(event -> switch (event) {
                    case RelationshipEstablished established -> Stream.of(established.managerId());
                    case ManagerAssigned assigned -> Stream.of(assigned.managerId());
                    default -> Stream.<ManagerId>empty();
                })
                .reduce((_, later) -> later);
    }

    private Optional<String> activeOf(StakeholderId stakeholder) {
        return sql.sql("select relationship_id from active_relationship where stakeholder_id = ?")
                .param(stakeholder.value())
                .query(String.class)
                .optional();
    }
}
