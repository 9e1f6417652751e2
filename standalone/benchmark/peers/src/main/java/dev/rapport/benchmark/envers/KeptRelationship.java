package dev.rapport.benchmark.envers;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.hibernate.envers.Audited;
import org.jspecify.annotations.Nullable;

/** A relationship as a row, with what is shown of it in lists; Envers keeps every state that it was in. */
@Entity
@Audited
@Table(name = "relationship")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate assigns and reads
class KeptRelationship {

    @Id
    private String id;

    @Version
    private long version;

    @Column(nullable = false)
    private String stakeholderId;

    @Column(nullable = false)
    private String managerId;

    @Column(length = 10_000)
    private String purpose;

    private int interactions;
    private int openCommitments;
    private int keptCommitments;
    private int disclosures;
    private int contributions;
    private @Nullable Instant lastInteraction;

    KeptRelationship() {}

    KeptRelationship(String id, String stakeholderId, String managerId, String purpose) {
        this.id = id;
        this.stakeholderId = stakeholderId;
        this.managerId = managerId;
        this.purpose = purpose;
    }

    void interacted(Instant when) {
        interactions++;
        lastInteraction = when;
    }

    void promised() {
        openCommitments++;
    }

    void kept() {
        openCommitments--;
        keptCommitments++;
    }

    void disclosed() {
        disclosures++;
    }

    void contributed() {
        contributions++;
    }
}
