package dev.rapport.benchmark.envers;

import dev.rapport.benchmark.http.Body;
import dev.rapport.benchmark.subject.Step;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Inserts an entry and updates the relationship that it belongs to, in one transaction; Envers writes down both. */
@Component
class Bookkeeping {

    private final Relationships relationships;
    private final Entries entries;

    Bookkeeping(Relationships relationships, Entries entries) {
        this.relationships = relationships;
        this.entries = entries;
    }

    @Transactional
    public void book(String relationshipId, Body.Interaction body) {
        Instant now = Instant.now();
        relationship(relationshipId).interacted(now);
        entries.save(new KeptEntry(relationshipId, body.id(), "INTERACTION", null, body.summary(), now)
                .with(body.channel() + " " + String.join(", ", body.participants()) + " " + body.sentiment()));
    }

    @Transactional
    public void book(String relationshipId, Body.Commitment body) {
        relationship(relationshipId).promised();
        entries.save(
                new KeptEntry(relationshipId, body.id(), "COMMITMENT", body.madeBy(), body.statement(), Instant.now())
                        .due(body.dueOn()));
    }

    @Transactional
    public void book(String relationshipId, String commitmentId, Body.Fulfilment body) {
        relationship(relationshipId).kept();
        entries.findById(KeptEntry.key(relationshipId, commitmentId))
                .orElseThrow()
                .keep(body.note());
    }

    @Transactional
    public void book(String relationshipId, Body.Disclosure body) {
        relationship(relationshipId).disclosed();
        entries.save(
                new KeptEntry(relationshipId, body.id(), "DISCLOSURE", body.madeBy(), body.subject(), Instant.now())
                        .with(body.kind()));
    }

    @Transactional
    public void book(String relationshipId, Body.Contribution body) {
        relationship(relationshipId).contributed();
        entries.save(new KeptEntry(
                relationshipId, body.id(), "CONTRIBUTION", body.givenBy(), body.statement(), Instant.now()));
    }

    /** A relationship with its past, as one revision. */
    @Transactional
    public void fill(List<Step> past) {
        Step first = past.getFirst();
        String id = first.relationshipId();
        relationships.save(new KeptRelationship(id, first.stakeholderId(), "head", first.text()));
        for (Step step : past.subList(1, past.size())) {
            switch (step.kind()) {
                case ESTABLISHED -> throw new IllegalArgumentException("established twice");
                case INTERACTION ->
                    book(id, new Body.Interaction(step.id(), "MEETING", step.text(), List.of(step.person()), 1));
                case COMMITMENT -> book(id, new Body.Commitment(step.id(), "THEM", step.text(), step.dueOn()));
                case FULFILMENT -> book(id, step.commitmentId(), new Body.Fulfilment(step.text()));
                case DISCLOSURE -> book(id, new Body.Disclosure(step.id(), "THEM", "STATUS", step.text()));
                case CONTRIBUTION -> book(id, new Body.Contribution(step.id(), "US", step.text()));
            }
        }
    }

    private KeptRelationship relationship(String id) {
        return relationships.findById(id).orElseThrow();
    }
}
