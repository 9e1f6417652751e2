package dev.rapport.command.relationship;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.AlignmentAssessed;
import dev.rapport.events.CommitmentBecameOverdue;
import dev.rapport.events.CommitmentBroken;
import dev.rapport.events.CommitmentKept;
import dev.rapport.events.CommitmentRecorded;
import dev.rapport.events.CommitmentReleased;
import dev.rapport.events.CommitmentRenegotiated;
import dev.rapport.events.ConcernRaised;
import dev.rapport.events.ConcernResolved;
import dev.rapport.events.ContributionCorrected;
import dev.rapport.events.ContributionRecorded;
import dev.rapport.events.DependencyAssessed;
import dev.rapport.events.DesiredLevelSet;
import dev.rapport.events.DisclosureCorrected;
import dev.rapport.events.DisclosureRecorded;
import dev.rapport.events.DisputeRaised;
import dev.rapport.events.DisputeSettled;
import dev.rapport.events.EntryRetracted;
import dev.rapport.events.ExpectationStated;
import dev.rapport.events.IndicatorAgreed;
import dev.rapport.events.InteractionCorrected;
import dev.rapport.events.InteractionLogged;
import dev.rapport.events.ManagerAssigned;
import dev.rapport.events.MeasurementRecorded;
import dev.rapport.events.ObjectiveHeld;
import dev.rapport.events.ObjectiveRetired;
import dev.rapport.events.PersonalDataErased;
import dev.rapport.events.Provenance;
import dev.rapport.events.RelationshipDowngraded;
import dev.rapport.events.RelationshipEnded;
import dev.rapport.events.RelationshipEstablished;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.RelationshipReopened;
import dev.rapport.events.RelationshipUpgraded;
import dev.rapport.events.StakeholderLevelRecorded;
import dev.rapport.events.ValuesAssessed;
import dev.rapport.events.vocabulary.CriteriaOverride.Unmet;
import dev.rapport.events.vocabulary.Direction;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Holder;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.ReleaseCause;
import dev.rapport.events.vocabulary.StakeholderId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * Hears events and nothing else, and protests against any that the rules of the domain forbid. Written from the rules, without a look at
 * the aggregate.
 */
final class Witness {

    private final ZoneId zone;
    private final Map<RelationshipId, Known> relationships = new HashMap<>();
    private final Map<StakeholderId, RelationshipId> active = new HashMap<>();

    Witness(ZoneId zone) {
        this.zone = zone;
    }

    /** What is known of an entry. */
    private static final class Fact {

        final EntryKind kind;
        final Instant occurredAt;
        Party party = Party.US;
        Level typicalOf = Level.TRANSACTIONAL;
        Holder holder = Holder.US;
        LocalDate dueOn = LocalDate.MIN;
        BigDecimal target = BigDecimal.ZERO;
        Direction better = Direction.HIGHER;
        boolean kept;
        boolean ended;
        boolean overdue;
        boolean disputed;
        boolean retracted;

        Fact(EntryKind kind, Instant occurredAt) {
            this.kind = kind;
            this.occurredAt = occurredAt;
        }

        boolean isOpenCommitment() {
            return kind == EntryKind.COMMITMENT && !ended && !retracted;
        }
    }

    /** What is known of a relationship. */
    private final class Known {

        final StakeholderId stakeholder;
        final Map<EntryId, Fact> facts = new LinkedHashMap<>();
        String manager;
        Level level = Level.TRANSACTIONAL;

        @Nullable
        Level stakeholderLevel;

        boolean ended;
        boolean ending;
        long events;

        Known(StakeholderId stakeholder, String manager) {
            this.stakeholder = stakeholder;
            this.manager = manager;
        }

        Fact made(EntryId id, EntryKind kind, Instant at) {
            Fact fact = new Fact(kind, at);
            assertThat(facts.putIfAbsent(id, fact)).as("the id %s is taken", id).isNull();
            return fact;
        }

        Fact dealtWith(EntryId id, EntryKind kind) {
            Fact fact = present(id);
            assertThat(fact.kind).isEqualTo(kind);
            return fact;
        }

        Fact present(EntryId id) {
            Fact fact = facts.get(id);
            assertThat(fact).as("the entry %s", id).isNotNull();
            assertThat(fact.retracted).as("%s was retracted", id).isFalse();
            return fact;
        }

        Fact open(EntryId id) {
            Fact fact = dealtWith(id, EntryKind.COMMITMENT);
            assertThat(fact.ended).as("%s has ended", id).isFalse();
            return fact;
        }

        boolean has(Predicate<Fact> wanted) {
            return facts.values().stream().filter(fact -> !fact.retracted).anyMatch(wanted);
        }

        boolean bothHave(EntryKind kind, Predicate<Fact> wanted) {
            return List.of(Party.values()).stream()
                    .allMatch(party -> has(fact -> fact.kind == kind && fact.party == party && wanted.test(fact)));
        }

        boolean assessedLately(EntryKind kind, Instant at) {
            Instant yearAgo = at.atZone(ZoneOffset.UTC).minusYears(1).toInstant();
            return has(fact -> fact.kind == kind && !fact.occurredAt.isBefore(yearAgo) && !fact.occurredAt.isAfter(at));
        }

        Set<String> unmet(Level to, Instant at, Instant now) {
            Map<String, Boolean> criteria = new HashMap<>();
            criteria.put(
                    "the-stakeholder-sees-this-level", stakeholderLevel != null && stakeholderLevel.compareTo(to) >= 0);
            criteria.put("each-party-has-kept-a-commitment", bothHave(EntryKind.COMMITMENT, fact -> fact.kept));
            criteria.put(
                    "no-commitment-is-overdue",
                    !has(fact -> fact.isOpenCommitment() && !endOf(fact.dueOn).isAfter(now)));
            criteria.put("each-party-has-made-a-disclosure", bothHave(EntryKind.DISCLOSURE, _ -> true));
            criteria.put("an-indicator-of-each-party-is-agreed", bothHave(EntryKind.INDICATOR, _ -> true));
            if (to == Level.JOINT_VALUE) {
                criteria.put(
                        "a-shared-objective-is-held",
                        has(fact -> fact.kind == EntryKind.OBJECTIVE && fact.holder == Holder.BOTH && !fact.ended));
                criteria.put("values-were-assessed-lately", assessedLately(EntryKind.VALUES_ASSESSMENT, at));
                criteria.put("alignment-was-assessed-lately", assessedLately(EntryKind.ALIGNMENT_ASSESSMENT, at));
                criteria.put(
                        "each-party-has-disclosed-added-value",
                        bothHave(EntryKind.DISCLOSURE, fact -> fact.typicalOf != Level.TRANSACTIONAL));
            }
            Set<String> unmet = new TreeSet<>(criteria.keySet());
            unmet.removeIf(criteria::get);
            return unmet;
        }
    }

    /** Ids of a kind that something could be done with, to make up commands that may be accepted. */
    List<EntryId> entries(RelationshipId relationship, EntryKind kind) {
        Known known = relationships.get(relationship);
        return known == null
                ? List.of()
                : known.facts.entrySet().stream()
                        .filter(entry ->
                                entry.getValue().kind == kind && !entry.getValue().retracted && !entry.getValue().ended)
                        .map(Map.Entry::getKey)
                        .toList();
    }

    /** The criteria that keep a relationship from its next level now. */
    List<String> inTheWayOf(RelationshipId relationship, Instant now) {
        Known known = relationships.get(relationship);
        return known == null || known.ended || known.level == Level.JOINT_VALUE
                ? List.of()
                : List.copyOf(known.unmet(above(known.level), now, now));
    }

    long eventsOf(RelationshipId relationship) {
        Known known = relationships.get(relationship);
        return known == null ? 0 : known.events;
    }

    /** Hears an event that was recorded at that moment, by a command or by a line of a file. */
    void hear(DomainEventMessage<?> message, Instant recordedAt, boolean imported) {
        RelationshipEvent event = (RelationshipEvent) message.getPayload();
        Instant at = Instant.parse((String) message.getMetaData().get(Provenance.OCCURRED_AT));
        String subject = (String) message.getMetaData().get(Provenance.SUBJECT);
        boolean byHead = "HEAD_OF_RELATIONSHIPS".equals(message.getMetaData().get(Provenance.ROLE));
        assertThat(at).as("what occurred in the future").isBeforeOrEqualTo(recordedAt);

        if (event instanceof RelationshipEstablished e) {
            assertThat(e.level()).isEqualTo(Level.TRANSACTIONAL);
            assertThat(byHead || e.managerId().value().equals(subject)).isTrue();
            assertThat(relationships.putIfAbsent(
                            e.relationshipId(),
                            new Known(e.stakeholderId(), e.managerId().value())))
                    .isNull();
            begin(e.relationshipId());
            return;
        }
        Known known = relationships.get(event.relationshipId());
        assertThat(known).as("established first").isNotNull();
        assertThat(message.getSequenceNumber()).isEqualTo(known.events++);
        assertThat(known.ended).as("has ended").isEqualTo(event instanceof RelationshipReopened);
        assertThat(known.ending && !isPartOfAnEnd(event))
                .as("an end broken off")
                .isFalse();
        assertThat(event instanceof CommitmentBecameOverdue || byHead || known.manager.equals(subject))
                .as("%s is responsible", subject)
                .isTrue();

        switch (event) {
            case RelationshipEstablished _ -> throw new AssertionError("established twice");
            case ManagerAssigned e -> {
                assertThat(byHead).isTrue();
                known.manager = e.managerId().value();
            }
            case RelationshipUpgraded e -> {
                assertThat(e.from()).isEqualTo(known.level);
                assertThat(e.to()).isEqualTo(above(e.from()));
                Set<String> unmet = known.unmet(e.to(), at, imported ? at : recordedAt);
                if (e.override() == null) {
                    assertThat(unmet).isEmpty();
                } else {
                    assertThat(byHead).isTrue();
                    assertThat(e.override().unmet().stream().map(Unmet::criterion))
                            .isNotEmpty()
                            .containsExactlyInAnyOrderElementsOf(unmet);
                }
                known.level = e.to();
            }
            case RelationshipDowngraded e -> {
                assertThat(e.from()).isEqualTo(known.level);
                assertThat(e.to()).isLessThan(e.from());
                known.level = e.to();
            }
            case DesiredLevelSet _ -> {}
            case StakeholderLevelRecorded e -> known.stakeholderLevel = e.level();
            case InteractionLogged e -> known.made(e.interactionId(), EntryKind.INTERACTION, at);
            case InteractionCorrected e -> known.dealtWith(e.interactionId(), EntryKind.INTERACTION);
            case CommitmentRecorded e -> {
                Fact fact = known.made(e.commitmentId(), EntryKind.COMMITMENT, at);
                fact.party = e.madeBy();
                fact.dueOn = e.dueOn();
            }
            case CommitmentKept e -> {
                Fact fact = known.open(e.commitmentId());
                assertThat(e.late()).isEqualTo(at.isAfter(endOf(fact.dueOn)));
                fact.kept = true;
                fact.ended = true;
            }
            case CommitmentBroken e -> known.open(e.commitmentId()).ended = true;
            case CommitmentReleased e -> {
                known.open(e.commitmentId()).ended = true;
                known.ending = e.cause() == ReleaseCause.RELATIONSHIP_ENDED;
            }
            case CommitmentRenegotiated e -> {
                Fact fact = known.open(e.commitmentId());
                fact.dueOn = e.dueOn();
                fact.overdue = false;
            }
            case CommitmentBecameOverdue e -> {
                Fact fact = known.open(e.commitmentId());
                assertThat(fact.overdue).isFalse();
                assertThat(e.dueOn()).isEqualTo(fact.dueOn);
                assertThat(at).isEqualTo(endOf(fact.dueOn));
                assertThat(subject).isEqualTo(Provenance.RAPPORT);
                fact.overdue = true;
            }
            case DisclosureRecorded e -> {
                Fact fact = known.made(e.disclosureId(), EntryKind.DISCLOSURE, at);
                fact.party = e.madeBy();
                fact.typicalOf = e.kind().typicalOf();
            }
            case DisclosureCorrected e -> {
                Fact fact = known.dealtWith(e.disclosureId(), EntryKind.DISCLOSURE);
                fact.party = e.madeBy() == null ? fact.party : e.madeBy();
                fact.typicalOf = e.kind() == null ? fact.typicalOf : e.kind().typicalOf();
            }
            case ObjectiveHeld e -> known.made(e.objectiveId(), EntryKind.OBJECTIVE, at).holder = e.heldBy();
            case ObjectiveRetired e -> end(known.dealtWith(e.objectiveId(), EntryKind.OBJECTIVE));
            case ExpectationStated e -> known.made(e.expectationId(), EntryKind.EXPECTATION, at);
            case ContributionRecorded e -> known.made(e.contributionId(), EntryKind.CONTRIBUTION, at);
            case ContributionCorrected e -> known.dealtWith(e.contributionId(), EntryKind.CONTRIBUTION);
            case IndicatorAgreed e -> {
                Fact fact = known.made(e.indicatorId(), EntryKind.INDICATOR, at);
                fact.party = e.owner();
                fact.target = e.target();
                fact.better = e.better();
            }
            case MeasurementRecorded e -> {
                known.made(e.measurementId(), EntryKind.MEASUREMENT, at);
                Fact indicator = known.dealtWith(e.indicatorId(), EntryKind.INDICATOR);
                int above = e.value().compareTo(indicator.target);
                assertThat(e.meetsTarget())
                        .isEqualTo(above == 0 || (above > 0) == (indicator.better == Direction.HIGHER));
                assertThat(e.measuredOn()).isBeforeOrEqualTo(LocalDate.ofInstant(recordedAt, zone));
            }
            case AlignmentAssessed e -> known.made(e.assessmentId(), EntryKind.ALIGNMENT_ASSESSMENT, at);
            case ValuesAssessed e -> known.made(e.assessmentId(), EntryKind.VALUES_ASSESSMENT, at);
            case DependencyAssessed e -> known.made(e.assessmentId(), EntryKind.DEPENDENCY_ASSESSMENT, at);
            case ConcernRaised e -> known.made(e.concernId(), EntryKind.CONCERN, at);
            case ConcernResolved e -> end(known.dealtWith(e.concernId(), EntryKind.CONCERN));
            case DisputeRaised e -> {
                Fact fact = known.present(e.entryId());
                assertThat(fact.kind).isIn(EntryKind.COMMITMENT, EntryKind.CONCERN);
                assertThat(fact.disputed).isFalse();
                fact.disputed = true;
            }
            case DisputeSettled e -> {
                Fact fact = known.present(e.entryId());
                assertThat(fact.disputed).isTrue();
                fact.disputed = false;
            }
            case EntryRetracted e -> known.dealtWith(e.entryId(), e.kind()).retracted = true;
            case RelationshipEnded _ -> {
                assertThat(known.has(Fact::isOpenCommitment))
                        .as("open at the end")
                        .isFalse();
                known.ended = true;
                known.ending = false;
                assertThat(active.remove(known.stakeholder)).isEqualTo(event.relationshipId());
            }
            case PersonalDataErased _ -> throw new AssertionError("no command erases anything");
            case RelationshipReopened _ -> {
                known.ended = false;
                known.events--;
                begin(event.relationshipId());
            }
        }
    }

    /** No commitment that is due may be left open without having become overdue, once its time has come. */
    void hearThatTimeCameTo(Instant now) {
        relationships.values().stream()
                .flatMap(known -> known.facts.values().stream())
                .filter(fact -> fact.isOpenCommitment() && !endOf(fact.dueOn).isAfter(now))
                .forEach(fact -> assertThat(fact.overdue)
                        .as("due on %s and not overdue", fact.dueOn)
                        .isTrue());
    }

    private void begin(RelationshipId relationship) {
        Known known = relationships.get(relationship);
        known.events++;
        assertThat(active.putIfAbsent(known.stakeholder, relationship))
                .as("the stakeholder's active relationship")
                .isNull();
    }

    private static Level above(Level level) {
        return switch (level) {
            case TRANSACTIONAL -> Level.ADDED_VALUE;
            case ADDED_VALUE -> Level.JOINT_VALUE;
            case JOINT_VALUE -> throw new AssertionError("no level is above " + level);
        };
    }

    private static void end(Fact fact) {
        assertThat(fact.ended).isFalse();
        fact.ended = true;
    }

    private static boolean isPartOfAnEnd(RelationshipEvent event) {
        return event instanceof RelationshipEnded
                || (event instanceof CommitmentReleased e && e.cause() == ReleaseCause.RELATIONSHIP_ENDED);
    }

    private Instant endOf(LocalDate day) {
        return ZonedDateTime.of(day.plusDays(1), LocalTime.MIDNIGHT, zone).toInstant();
    }

    /** The names of the states that the relationships were in, to tell that the walk went far enough. */
    Set<String> sights() {
        Set<String> sights = new HashSet<>();
        relationships.values().forEach(known -> {
            sights.add("at " + known.level);
            if (known.ended) {
                sights.add("ended");
            }
            known.facts.values().forEach(fact -> {
                sights.add((fact.retracted ? "retracted " : fact.ended ? "ended " : "open ") + fact.kind);
                if (fact.overdue) {
                    sights.add("overdue");
                }
                if (fact.disputed) {
                    sights.add("disputed " + fact.kind);
                }
            });
        });
        return sights;
    }
}
