package dev.rapport.command.eventstore;

import dev.rapport.command.Refusal;
import dev.rapport.command.Refusal.Reason;
import dev.rapport.command.eventstore.ActiveRelationshipTable.Change;
import dev.rapport.command.relationship.ActiveRelationships;
import dev.rapport.events.ManagerAssigned;
import dev.rapport.events.RelationshipEstablished;
import dev.rapport.events.StreamName;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.Message;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which relationship of a stakeholder is active; the primary key lets no two be, whoever claims at the same time. */
@Component
class ActiveRelationshipTable implements ActiveRelationships, GroupWriter<Change> {

    private final JdbcClient sql;
    private final EventStore eventStore;
    private final GroupCommit commits;

    ActiveRelationshipTable(JdbcClient sql, EventStore eventStore, GroupCommit commits) {
        this.sql = sql;
        this.eventStore = eventStore;
        this.commits = commits;
    }

    /**
     * That a relationship becomes a stakeholder's active one, or that none is.
     *
     * @param relationship null for none
     */
    record Change(StakeholderId stakeholder, @Nullable RelationshipId relationship) {}

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
        commits.write(this, new Change(stakeholder, relationship));
    }

    @Override
    public void release(StakeholderId stakeholder) {
        commits.write(this, new Change(stakeholder, null));
    }

    @Override
    public Stage stage() {
        return Stage.CLAIMS;
    }

    /** One by one, since there are few, and a relationship that ends may make room for the next. */
    @Override
    public void write(List<Change> changes) {
        for (Change change : changes) {
            if (change.relationship == null) {
                sql.sql("delete from active_relationship where stakeholder_id = ?")
                        .param(change.stakeholder.value())
                        .update();
            } else {
                sql.sql("insert into active_relationship (stakeholder_id, relationship_id) values (?, ?)")
                        .param(change.stakeholder.value())
                        .param(change.relationship.value())
                        .update();
            }
        }
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
        commits.flush();
        return sql.sql("select relationship_id from active_relationship where stakeholder_id = ?")
                .param(stakeholder.value())
                .query(String.class)
                .optional();
    }
}
