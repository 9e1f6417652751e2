package dev.rapport.benchmark.envers;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.hibernate.envers.Audited;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** An interaction, a commitment, a disclosure or a contribution, in one table. */
@Entity
@Audited
@Table(name = "entry", indexes = @Index(columnList = "relationshipId"))
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate assigns and reads
class KeptEntry implements Persistable<String> {

    @Id
    private String id;

    @Column(nullable = false)
    private String relationshipId;

    @Column(nullable = false)
    private String kind;

    private @Nullable String party;

    private @Nullable String detail;

    @Column(length = 10_000, nullable = false)
    private String text;

    private @Nullable LocalDate dueOn;

    private @Nullable String state;

    @Column(length = 10_000)
    private @Nullable String note;

    @Column(nullable = false)
    private Instant recordedAt;

    @Column(nullable = false)
    private String recordedBy;

    /** So that Spring Data inserts without looking first. */
    @Transient
    private boolean fresh = true;

    KeptEntry() {}

    KeptEntry(String relationshipId, String entryId, String kind, @Nullable String party, String text, Instant when) {
        this.id = key(relationshipId, entryId);
        this.relationshipId = relationshipId;
        this.kind = kind;
        this.party = party;
        this.text = text;
        this.recordedAt = when;
        this.recordedBy = "head";
    }

    /** An entry's id is its relationship's matter. */
    static String key(String relationshipId, String entryId) {
        return relationshipId + "/" + entryId;
    }

    KeptEntry with(@Nullable String moreDetail) {
        this.detail = moreDetail;
        return this;
    }

    KeptEntry due(LocalDate day) {
        this.dueOn = day;
        this.state = "OPEN";
        return this;
    }

    void keep(@Nullable String how) {
        if (!Objects.equals(state, "OPEN")) {
            throw new IllegalStateException(id + " is not open");
        }
        state = "KEPT";
        note = how;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public boolean isNew() {
        return fresh;
    }

    @PostLoad
    @PostPersist
    void isThere() {
        fresh = false;
    }
}
