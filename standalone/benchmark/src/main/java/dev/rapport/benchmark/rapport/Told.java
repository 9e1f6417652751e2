package dev.rapport.benchmark.rapport;

import dev.rapport.benchmark.subject.Step;
import dev.rapport.command.relationship.RelationshipCommand;
import dev.rapport.command.relationship.RelationshipCommand.EstablishRelationship;
import dev.rapport.command.relationship.RelationshipCommand.FulfilCommitment;
import dev.rapport.command.relationship.RelationshipCommand.LogInteraction;
import dev.rapport.command.relationship.RelationshipCommand.RecordCommitment;
import dev.rapport.command.relationship.RelationshipCommand.RecordContribution;
import dev.rapport.command.relationship.RelationshipCommand.RecordDisclosure;
import dev.rapport.events.CommitmentKept;
import dev.rapport.events.CommitmentRecorded;
import dev.rapport.events.ContributionRecorded;
import dev.rapport.events.DisclosureRecorded;
import dev.rapport.events.InteractionLogged;
import dev.rapport.events.RelationshipEstablished;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.StakeholderEvent;
import dev.rapport.events.StakeholderRegistered;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.events.vocabulary.StakeholderKind;
import java.util.List;

/** The steps in Rapport's words. */
final class Told {

    private static final ManagerId MANAGER = new ManagerId("head");
    private static final StakeholderKind[] KINDS = StakeholderKind.values();
    private static final int GROUPS = 20;
    private static final int SENTIMENT = 1;

    private Told() {}

    /** Whom a relationship is with. */
    static StakeholderEvent stakeholder(int relationship) {
        return new StakeholderRegistered(
                new StakeholderId(Step.of(relationship, 0).stakeholderId()),
                "Stakeholder no. " + relationship,
                KINDS[relationship % KINDS.length],
                "group " + relationship % GROUPS,
                List.of("openness"));
    }

    /** What is asked for by a step. */
    static RelationshipCommand asCommand(Step step) {
        RelationshipId relationship = new RelationshipId(step.relationshipId());
        return switch (step.kind()) {
            case ESTABLISHED ->
                new EstablishRelationship(
                        relationship, new StakeholderId(step.stakeholderId()), MANAGER, step.text(), null);
            case INTERACTION ->
                new LogInteraction(
                        relationship,
                        new EntryId(step.id()),
                        Channel.MEETING,
                        step.text(),
                        List.of(step.person()),
                        SENTIMENT);
            case COMMITMENT ->
                new RecordCommitment(relationship, new EntryId(step.id()), Party.THEM, step.text(), step.dueOn());
            case FULFILMENT -> new FulfilCommitment(relationship, new EntryId(step.commitmentId()), step.text());
            case DISCLOSURE ->
                new RecordDisclosure(
                        relationship, new EntryId(step.id()), Party.THEM, DisclosureKind.STATUS, step.text());
            case CONTRIBUTION ->
                new RecordContribution(relationship, new EntryId(step.id()), Party.US, step.text(), null, null);
        };
    }

    /** What has happened when a step was taken. */
    static RelationshipEvent asEvent(Step step) {
        RelationshipId relationship = new RelationshipId(step.relationshipId());
        return switch (step.kind()) {
            case ESTABLISHED ->
                new RelationshipEstablished(
                        relationship,
                        new StakeholderId(step.stakeholderId()),
                        MANAGER,
                        Level.TRANSACTIONAL,
                        step.text(),
                        null);
            case INTERACTION ->
                new InteractionLogged(
                        relationship,
                        new EntryId(step.id()),
                        Channel.MEETING,
                        step.text(),
                        List.of(step.person()),
                        SENTIMENT);
            case COMMITMENT ->
                new CommitmentRecorded(relationship, new EntryId(step.id()), Party.THEM, step.text(), step.dueOn());
            case FULFILMENT -> new CommitmentKept(relationship, new EntryId(step.commitmentId()), false, step.text());
            case DISCLOSURE ->
                new DisclosureRecorded(
                        relationship, new EntryId(step.id()), Party.THEM, DisclosureKind.STATUS, step.text());
            case CONTRIBUTION ->
                new ContributionRecorded(relationship, new EntryId(step.id()), Party.US, step.text(), null);
        };
    }
}
