package dev.rapport.command.relationship;

import dev.rapport.command.DomainCommand;
import dev.rapport.command.Limits;
import dev.rapport.events.StreamName;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.ConcernSubject;
import dev.rapport.events.vocabulary.Direction;
import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Holder;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.Requirement;
import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.events.vocabulary.SwitchingCost;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a relationship may be asked to do. The components are the fields of the request's body and path, by the same names; the
 * annotations say what makes a request malformed, before any rule of the domain is asked.
 */
public sealed interface RelationshipCommand extends DomainCommand {

    RelationshipId relationshipId();

    @Override
    default StreamName stream() {
        return StreamName.of(relationshipId());
    }

    @Override
    default String answersWith() {
        return relationshipId().value();
    }

    /** A command that makes an entry of the relationship, under an id that no other entry of it has. */
    sealed interface MakesEntry extends RelationshipCommand {

        EntryId id();

        @Override
        default String answersWith() {
            return id().value();
        }
    }

    /** A command that deals with an entry made before. */
    sealed interface DealsWithEntry extends RelationshipCommand {

        EntryId entry();

        @Override
        default String answersWith() {
            return entry().value();
        }
    }

    record EstablishRelationship(
            @NotNull RelationshipId id,
            @NotNull StakeholderId stakeholderId,
            @Nullable ManagerId managerId,
            @Nullable @Size(max = Limits.TEXT) String purpose,
            @Nullable Level desiredLevel)
            implements RelationshipCommand {

        @Override
        public RelationshipId relationshipId() {
            return id;
        }
    }

    record AssignManager(
            @NotNull RelationshipId relationshipId,
            @NotNull ManagerId managerId,
            @Nullable @Size(max = Limits.TEXT) String reason)
            implements RelationshipCommand {}

    record UpgradeRelationship(
            @NotNull RelationshipId relationshipId,
            @NotBlank @Size(max = Limits.TEXT) String rationale,
            @Nullable Level to,

            @Nullable @Pattern(regexp = Limits.NOT_BLANK, message = "must not be blank") @Size(max = Limits.TEXT)
            String overrideReason)
            implements RelationshipCommand {}

    record DowngradeRelationship(
            @NotNull RelationshipId relationshipId,
            @NotNull Level to,
            @NotBlank @Size(max = Limits.TEXT) String reason) implements RelationshipCommand {}

    record SetDesiredLevel(
            @NotNull RelationshipId relationshipId,
            @NotNull Level level,
            @Nullable @Size(max = Limits.TEXT) String reason)
            implements RelationshipCommand {}

    record RecordStakeholderLevel(
            @NotNull RelationshipId relationshipId,
            @NotNull Level level,
            @Nullable @Size(max = Limits.TEXT) String source)
            implements RelationshipCommand {}

    record LogInteraction(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId id,
            @NotNull Channel channel,
            @NotBlank @Size(max = Limits.TEXT) String summary,
            @Nullable @Size(max = Limits.NAMES) List<@NotBlank @Size(max = Limits.NAME) String> participants,
            @Nullable @Min(-2) @Max(2) Integer sentiment)
            implements MakesEntry {}

    record RecordCommitment(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId id,
            @NotNull Party madeBy,
            @NotBlank @Size(max = Limits.TEXT) String statement,
            @NotNull LocalDate dueOn)
            implements MakesEntry {}

    record FulfilCommitment(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId commitmentId,
            @Nullable @Size(max = Limits.TEXT) String note)
            implements DealsWithEntry {

        @Override
        public EntryId entry() {
            return commitmentId;
        }
    }

    record BreakCommitment(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId commitmentId,
            @NotBlank @Size(max = Limits.TEXT) String reason)
            implements DealsWithEntry {

        @Override
        public EntryId entry() {
            return commitmentId;
        }
    }

    record RenegotiateCommitment(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId commitmentId,
            @NotNull LocalDate dueOn,
            @NotBlank @Size(max = Limits.TEXT) String reason,

            @Nullable @Pattern(regexp = Limits.NOT_BLANK, message = "must not be blank") @Size(max = Limits.TEXT)
            String statement)
            implements DealsWithEntry {

        @Override
        public EntryId entry() {
            return commitmentId;
        }
    }

    record ReleaseCommitment(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId commitmentId,
            @NotBlank @Size(max = Limits.TEXT) String reason)
            implements DealsWithEntry {

        @Override
        public EntryId entry() {
            return commitmentId;
        }
    }

    /** Asks whether an open commitment's due day has passed; only Rapport itself gives it, at the end of an import. */
    record NoteOverdueCommitment(
            @NotNull RelationshipId relationshipId, @NotNull EntryId commitmentId) implements DealsWithEntry {

        @Override
        public EntryId entry() {
            return commitmentId;
        }
    }

    record RecordDisclosure(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId id,
            @NotNull Party madeBy,
            @NotNull DisclosureKind kind,
            @NotBlank @Size(max = Limits.TEXT) String subject)
            implements MakesEntry {}

    record HoldObjective(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId id,
            @NotNull Holder heldBy,
            @NotBlank @Size(max = Limits.TEXT) String statement,
            @Nullable @Size(max = Limits.TEXT) String motive)
            implements MakesEntry {}

    record RetireObjective(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId objectiveId,
            @NotBlank @Size(max = Limits.TEXT) String reason)
            implements DealsWithEntry {

        @Override
        public EntryId entry() {
            return objectiveId;
        }
    }

    record StateExpectation(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId id,
            @NotNull Party heldBy,
            @NotNull Party of,
            @NotBlank @Size(max = Limits.TEXT) String statement)
            implements MakesEntry {}

    record RecordContribution(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId id,
            @NotNull Party givenBy,
            @NotBlank @Size(max = Limits.TEXT) String statement,
            @Nullable @Digits(integer = 15, fraction = 6) BigDecimal amount,
            @Nullable Currency currency)
            implements MakesEntry {}

    record AgreeIndicator(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId id,
            @NotNull Party owner,
            @NotNull Requirement requirement,
            @NotNull Level level,
            @NotBlank @Size(max = Limits.NAME) String name,
            @NotNull @Digits(integer = 15, fraction = 6) BigDecimal target,
            @NotNull Direction better,
            @Nullable @Size(max = Limits.NAME) String unit)
            implements MakesEntry {}

    record RecordMeasurement(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId indicatorId,
            @NotNull EntryId id,
            @NotNull @Digits(integer = 15, fraction = 6) BigDecimal value,
            @NotNull LocalDate measuredOn)
            implements MakesEntry {}

    record AssessAlignment(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId id,
            @NotEmpty @Size(max = Limits.NAMES) List<@NotNull @Valid Dimension> dimensions)
            implements MakesEntry {

        /** What one dimension scores from three views. */
        record Dimension(
                @NotBlank @Size(max = Limits.NAME) String name,

                @NotNull @Digits(integer = 3, fraction = 6) @DecimalMin("0") @DecimalMax("100")
                BigDecimal self,

                @NotNull @Digits(integer = 3, fraction = 6) @DecimalMin("0") @DecimalMax("100")
                BigDecimal selfPerception,

                @NotNull @Digits(integer = 3, fraction = 6) @DecimalMin("0") @DecimalMax("100")
                BigDecimal externalPerception) {}
    }

    record AssessValues(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId id,

            @NotNull @Digits(integer = 3, fraction = 6) @DecimalMin("0") @DecimalMax("100")
            BigDecimal overlap,

            @NotNull @Digits(integer = 3, fraction = 6) @DecimalMin("0") @DecimalMax("100")
            BigDecimal complement,

            @NotNull @Digits(integer = 3, fraction = 6) @DecimalMin("0") @DecimalMax("100")
            BigDecimal conflict,

            @Nullable @Size(max = Limits.TEXT) String note)
            implements MakesEntry {}

    record AssessDependency(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId id,

            @NotNull @Digits(integer = 3, fraction = 6) @DecimalMin("0") @DecimalMax("100")
            BigDecimal ourDependence,

            @NotNull @Digits(integer = 3, fraction = 6) @DecimalMin("0") @DecimalMax("100")
            BigDecimal theirDependence,

            @NotNull SwitchingCost switchingCost)
            implements MakesEntry {}

    record RaiseConcern(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId id,
            @NotNull Party raisedBy,
            @NotNull ConcernSubject about,
            @NotBlank @Size(max = Limits.TEXT) String statement)
            implements MakesEntry {}

    record ResolveConcern(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId concernId,
            @NotBlank @Size(max = Limits.TEXT) String resolution)
            implements DealsWithEntry {

        @Override
        public EntryId entry() {
            return concernId;
        }
    }

    record RaiseDispute(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId entryId,
            @NotNull Party raisedBy,
            @NotBlank @Size(max = Limits.TEXT) String reason)
            implements DealsWithEntry {

        @Override
        public EntryId entry() {
            return entryId;
        }
    }

    record SettleDispute(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId entryId,
            @NotBlank @Size(max = Limits.TEXT) String outcome,
            @NotNull Boolean upheld)
            implements DealsWithEntry {

        @Override
        public EntryId entry() {
            return entryId;
        }
    }

    /** Puts right an interaction, a disclosure or a contribution: the fields given are those of its kind that were wrong. */
    record CorrectEntry(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId entryId,
            @NotBlank @Size(max = Limits.TEXT) String reason,
            @Nullable Channel channel,

            @Nullable @Pattern(regexp = Limits.NOT_BLANK, message = "must not be blank") @Size(max = Limits.TEXT)
            String summary,

            @Nullable @Size(max = Limits.NAMES) List<@NotBlank @Size(max = Limits.NAME) String> participants,
            @Nullable @Min(-2) @Max(2) Integer sentiment,
            @Nullable Party madeBy,
            @Nullable DisclosureKind kind,

            @Nullable @Pattern(regexp = Limits.NOT_BLANK, message = "must not be blank") @Size(max = Limits.TEXT)
            String subject,

            @Nullable Party givenBy,

            @Nullable @Pattern(regexp = Limits.NOT_BLANK, message = "must not be blank") @Size(max = Limits.TEXT)
            String statement,

            @Nullable @Digits(integer = 15, fraction = 6) BigDecimal amount,
            @Nullable Currency currency)
            implements RelationshipCommand {

        @Override
        public String answersWith() {
            return entryId.value();
        }
    }

    record RetractEntry(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId entryId,
            @NotBlank @Size(max = Limits.TEXT) String reason)
            implements DealsWithEntry {

        @Override
        public EntryId entry() {
            return entryId;
        }
    }

    record EndRelationship(
            @NotNull RelationshipId relationshipId,
            @NotBlank @Size(max = Limits.TEXT) String reason) implements RelationshipCommand {}

    record ReopenRelationship(
            @NotNull RelationshipId relationshipId,
            @NotBlank @Size(max = Limits.TEXT) String reason) implements RelationshipCommand {}
}
