package dev.rapport.benchmark.axon;

import java.util.Objects;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jpa.JpaEventStorageEngine;
import org.springframework.jdbc.core.JdbcTemplate;

/** One small read model: a row for each relationship, with how often what happened in it. */
@ProcessingGroup(Counts.GROUP)
class Counts {

    static final String GROUP = "counts";

    private final JdbcTemplate sql;
    private final String eventTable;

    Counts(JdbcTemplate sql, EventStorageEngine engine) {
        this.sql = sql;
        this.eventTable = engine instanceof JpaEventStorageEngine ? "domain_event_entry" : "DomainEventEntry";
        sql.execute("""
            create table if not exists counts (
                relationship_id varchar(64)  not null primary key,
                stakeholder_id  varchar(64)  not null,
                interactions    int          not null default 0,
                promised        int          not null default 0,
                kept            int          not null default 0,
                disclosures     int          not null default 0,
                contributions   int          not null default 0
            )\
            """);
    }

    @EventHandler
    void on(Fact.Established event) {
        sql.update(
                "insert into counts (relationship_id, stakeholder_id) values (?, ?)",
                event.relationshipId(),
                event.stakeholderId());
    }

    @EventHandler
    void on(Fact.InteractionLogged event) {
        count("interactions", event.relationshipId());
    }

    @EventHandler
    void on(Fact.CommitmentRecorded event) {
        count("promised", event.relationshipId());
    }

    @EventHandler
    void on(Fact.CommitmentKept event) {
        count("kept", event.relationshipId());
    }

    @EventHandler
    void on(Fact.DisclosureRecorded event) {
        count("disclosures", event.relationshipId());
    }

    @EventHandler
    void on(Fact.ContributionRecorded event) {
        count("contributions", event.relationshipId());
    }

    private void count(String what, String relationshipId) {
        sql.update("update counts set " + what + " = " + what + " + 1 where relationship_id = ?", relationshipId);
    }

    /** How many events are stored. */
    long stored() {
        return number("select count(*) from " + eventTable);
    }

    /** How many events are in it. */
    long seen() {
        return number("select coalesce(sum(1 + interactions + promised + kept + disclosures + contributions), 0) from"
                + " counts");
    }

    private long number(String query) {
        return Objects.requireNonNull(sql.queryForObject(query, Long.class));
    }

    /** As before the first event. */
    @ResetHandler
    void clear() {
        sql.update("delete from counts");
    }
}
