package dev.rapport.command.relationship;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
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

    @JsonClassDescription("Establishes the relationship with a stakeholder, at the level TRANSACTIONAL.")
    record EstablishRelationship(
            @NotNull RelationshipId id,

            @JsonPropertyDescription("The stakeholder, registered before and without an active relationship.") @NotNull
            StakeholderId stakeholderId,

            @JsonPropertyDescription("Who is responsible for the relationship; the caller, if left out.") @Nullable
            ManagerId managerId,

            @JsonPropertyDescription("What the relationship is for.") @Nullable @Size(max = Limits.TEXT)
            String purpose,

            @JsonPropertyDescription("Where we want it to go.") @Nullable
            Level desiredLevel)
            implements RelationshipCommand {

        @Override
        public RelationshipId relationshipId() {
            return id;
        }
    }

    @JsonClassDescription(
            "Makes somebody responsible for the relationship as a whole; only a head of relationships may.")
    record AssignManager(
            @NotNull RelationshipId relationshipId,

            @JsonPropertyDescription("Who is responsible from now on.") @NotNull
            ManagerId managerId,

            @JsonPropertyDescription("Why.") @Nullable @Size(max = Limits.TEXT)
            String reason)
            implements RelationshipCommand {}

    @JsonClassDescription(
            "Declares the next level up. Refused, with every unmet criterion named, unless the relationship is ready"
                    + " for it.")
    record UpgradeRelationship(
            @NotNull RelationshipId relationshipId,

            @JsonPropertyDescription("Why the relationship deserves the level.") @NotBlank @Size(max = Limits.TEXT)
            String rationale,

            @JsonPropertyDescription("The level to declare; the next one up, if left out, and never another.") @Nullable
            Level to,

            @JsonPropertyDescription("Why unmet criteria are set aside; only a head of relationships may.")
            @Nullable
            @Pattern(regexp = Limits.NOT_BLANK, message = "must not be blank")
            @Size(max = Limits.TEXT)
            String overrideReason)
            implements RelationshipCommand {}

    @JsonClassDescription("Declares a lower level, any number of levels down.")
    record DowngradeRelationship(
            @NotNull RelationshipId relationshipId,

            @JsonPropertyDescription("The level to declare, below the present one.") @NotNull
            Level to,

            @JsonPropertyDescription("Why.") @NotBlank @Size(max = Limits.TEXT)
            String reason)
            implements RelationshipCommand {}

    @JsonClassDescription("Says where we want the relationship to go.")
    record SetDesiredLevel(
            @NotNull RelationshipId relationshipId,

            @JsonPropertyDescription("Where we want the relationship to go.") @NotNull
            Level level,

            @JsonPropertyDescription("Why.") @Nullable @Size(max = Limits.TEXT)
            String reason)
            implements RelationshipCommand {}

    @JsonClassDescription("Records which level the stakeholder says the relationship has.")
    record RecordStakeholderLevel(
            @NotNull RelationshipId relationshipId,

            @JsonPropertyDescription("What the stakeholder says it is.") @NotNull
            Level level,

            @JsonPropertyDescription("Who said so.") @Nullable @Size(max = Limits.TEXT)
            String source)
            implements RelationshipCommand {}

    @JsonClassDescription("Logs a contact that took place.")
    record LogInteraction(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId id,

            @JsonPropertyDescription("How the parties met.") @NotNull
            Channel channel,

            @JsonPropertyDescription("What was said.") @NotBlank @Size(max = Limits.TEXT)
            String summary,

            @JsonPropertyDescription("The names of those who took part.") @Nullable @Size(max = Limits.NAMES)
            List<@NotBlank @Size(max = Limits.NAME) String> participants,

            @JsonPropertyDescription("From -2 (hostile) to 2 (warm).") @Nullable @Min(-2) @Max(2)
            Integer sentiment)
            implements MakesEntry {}

    @JsonClassDescription("Records a promise by one party to the other, with a due date.")
    record RecordCommitment(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId id,

            @JsonPropertyDescription("The party that promises.") @NotNull
            Party madeBy,

            @JsonPropertyDescription("What is promised.") @NotBlank @Size(max = Limits.TEXT)
            String statement,

            @JsonPropertyDescription("The last day on which keeping it is on time.") @NotNull
            LocalDate dueOn)
            implements MakesEntry {}

    @JsonClassDescription("Says that an open commitment was kept; after its due date it was kept late.")
    record FulfilCommitment(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId commitmentId,

            @JsonPropertyDescription("How it was kept.") @Nullable @Size(max = Limits.TEXT)
            String note)
            implements DealsWithEntry {

        @Override
        public EntryId entry() {
            return commitmentId;
        }
    }

    @JsonClassDescription("Says that an open commitment was not kept and will not be.")
    record BreakCommitment(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId commitmentId,

            @JsonPropertyDescription("Why it was broken.") @NotBlank @Size(max = Limits.TEXT)
            String reason)
            implements DealsWithEntry {

        @Override
        public EntryId entry() {
            return commitmentId;
        }
    }

    @JsonClassDescription("Gives an open commitment another due date, by agreement.")
    record RenegotiateCommitment(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId commitmentId,

            @JsonPropertyDescription("The new due date.") @NotNull
            LocalDate dueOn,

            @JsonPropertyDescription("Why the parties agreed on it.") @NotBlank @Size(max = Limits.TEXT)
            String reason,

            @JsonPropertyDescription("What is promised from now on; as before, if left out.")
            @Nullable
            @Pattern(regexp = Limits.NOT_BLANK, message = "must not be blank")
            @Size(max = Limits.TEXT)
            String statement)
            implements DealsWithEntry {

        @Override
        public EntryId entry() {
            return commitmentId;
        }
    }

    @JsonClassDescription("Lets the party that made an open commitment off.")
    record ReleaseCommitment(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId commitmentId,

            @JsonPropertyDescription("Why they are let off.") @NotBlank @Size(max = Limits.TEXT)
            String reason)
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

    @JsonClassDescription("Records information that one party shared with the other.")
    record RecordDisclosure(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId id,

            @JsonPropertyDescription("The party that shared.") @NotNull
            Party madeBy,

            @JsonPropertyDescription("What kind of information it is.") @NotNull
            DisclosureKind kind,

            @JsonPropertyDescription("What it is about.") @NotBlank @Size(max = Limits.TEXT)
            String subject)
            implements MakesEntry {}

    @JsonClassDescription("Records what a party, or both together, want.")
    record HoldObjective(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId id,

            @JsonPropertyDescription("Who wants it; BOTH makes it a shared objective.") @NotNull
            Holder heldBy,

            @JsonPropertyDescription("What is wanted.") @NotBlank @Size(max = Limits.TEXT)
            String statement,

            @JsonPropertyDescription("Why.") @Nullable @Size(max = Limits.TEXT)
            String motive)
            implements MakesEntry {}

    @JsonClassDescription("Says that an objective is no longer held.")
    record RetireObjective(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId objectiveId,

            @JsonPropertyDescription("Why.") @NotBlank @Size(max = Limits.TEXT)
            String reason)
            implements DealsWithEntry {

        @Override
        public EntryId entry() {
            return objectiveId;
        }
    }

    @JsonClassDescription("Records what a party expects of a party, itself included.")
    record StateExpectation(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId id,

            @JsonPropertyDescription("The party that expects.") @NotNull
            Party heldBy,

            @JsonPropertyDescription("The party that is expected to do it.") @NotNull
            Party of,

            @JsonPropertyDescription("What is expected.") @NotBlank @Size(max = Limits.TEXT)
            String statement)
            implements MakesEntry {}

    @JsonClassDescription("Records what a party achieved for the other.")
    record RecordContribution(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId id,

            @JsonPropertyDescription("The party that achieved it.") @NotNull
            Party givenBy,

            @JsonPropertyDescription("What was achieved.") @NotBlank @Size(max = Limits.TEXT)
            String statement,

            @JsonPropertyDescription("What it is worth, in the currency.") @Nullable @Digits(integer = 15, fraction = 6)
            BigDecimal amount,

            @JsonPropertyDescription("Of the amount; the two come together.") @Nullable
            Currency currency)
            implements MakesEntry {}

    @JsonClassDescription(
            "Agrees on a reciprocal performance indicator, which measures what one party requires of the other.")
    record AgreeIndicator(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId id,

            @JsonPropertyDescription("The party whose requirement the indicator meets.") @NotNull
            Party owner,

            @JsonPropertyDescription(
                    "What is required: of a supplier FAST, RIGHT, CHEAP or EASY, of a customer PROFIT, GROWTH, OPINION"
                            + " or TRUST.")
            @NotNull
            Requirement requirement,

            @JsonPropertyDescription("The level that such an indicator is typical of.") @NotNull
            Level level,

            @JsonPropertyDescription("What is measured.") @NotBlank @Size(max = Limits.NAME)
            String name,

            @JsonPropertyDescription("The value to reach.") @NotNull @Digits(integer = 15, fraction = 6)
            BigDecimal target,

            @JsonPropertyDescription("Which way is better.") @NotNull
            Direction better,

            @JsonPropertyDescription("What values are counted in.") @Nullable @Size(max = Limits.NAME)
            String unit)
            implements MakesEntry {}

    @JsonClassDescription("Records the value of an indicator on a day.")
    record RecordMeasurement(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId indicatorId,
            @NotNull EntryId id,

            @JsonPropertyDescription("In the unit of the indicator.") @NotNull @Digits(integer = 15, fraction = 6)
            BigDecimal value,

            @JsonPropertyDescription("The day that the value is of.") @NotNull
            LocalDate measuredOn)
            implements MakesEntry {}

    @JsonClassDescription("Scores the same dimensions from three views: self, self-perception and external perception.")
    record AssessAlignment(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId id,

            @JsonPropertyDescription("What was scored, such as reliability or openness.")
            @NotEmpty
            @Size(max = Limits.NAMES)
            List<@NotNull @Valid Dimension> dimensions)
            implements MakesEntry {

        @JsonClassDescription("What one dimension scores from three views, each from 0 to 100.")
        record Dimension(
                @JsonPropertyDescription("What is scored.") @NotBlank @Size(max = Limits.NAME)
                String name,

                @JsonPropertyDescription("What the records show.")
                @NotNull
                @Digits(integer = 3, fraction = 6)
                @DecimalMin("0")
                @DecimalMax("100")
                BigDecimal self,

                @JsonPropertyDescription("What we believe.")
                @NotNull
                @Digits(integer = 3, fraction = 6)
                @DecimalMin("0")
                @DecimalMax("100")
                BigDecimal selfPerception,

                @JsonPropertyDescription("What the stakeholder says.")
                @NotNull
                @Digits(integer = 3, fraction = 6)
                @DecimalMin("0")
                @DecimalMax("100")
                BigDecimal externalPerception) {}
    }

    @JsonClassDescription("Scores how far the parties' values go together.")
    record AssessValues(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId id,

            @JsonPropertyDescription("How far the values are the same, from 0 to 100.")
            @NotNull
            @Digits(integer = 3, fraction = 6)
            @DecimalMin("0")
            @DecimalMax("100")
            BigDecimal overlap,

            @JsonPropertyDescription("How far they complete each other, from 0 to 100.")
            @NotNull
            @Digits(integer = 3, fraction = 6)
            @DecimalMin("0")
            @DecimalMax("100")
            BigDecimal complement,

            @JsonPropertyDescription("How far they are at odds, from 0 to 100.")
            @NotNull
            @Digits(integer = 3, fraction = 6)
            @DecimalMin("0")
            @DecimalMax("100")
            BigDecimal conflict,

            @JsonPropertyDescription("What the scores do not say.") @Nullable @Size(max = Limits.TEXT)
            String note)
            implements MakesEntry {}

    @JsonClassDescription("Scores how much each party depends on the other.")
    record AssessDependency(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId id,

            @JsonPropertyDescription("How much we depend on them, from 0 to 100.")
            @NotNull
            @Digits(integer = 3, fraction = 6)
            @DecimalMin("0")
            @DecimalMax("100")
            BigDecimal ourDependence,

            @JsonPropertyDescription("How much they depend on us, from 0 to 100.")
            @NotNull
            @Digits(integer = 3, fraction = 6)
            @DecimalMin("0")
            @DecimalMax("100")
            BigDecimal theirDependence,

            @JsonPropertyDescription("What it would cost us to go elsewhere.") @NotNull
            SwitchingCost switchingCost)
            implements MakesEntry {}

    @JsonClassDescription("Records what a party is unhappy about.")
    record RaiseConcern(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId id,

            @JsonPropertyDescription("The party that is unhappy.") @NotNull
            Party raisedBy,

            @JsonPropertyDescription("What kind of concern it is.") @NotNull
            ConcernSubject about,

            @JsonPropertyDescription("What it is unhappy about.") @NotBlank @Size(max = Limits.TEXT)
            String statement)
            implements MakesEntry {}

    @JsonClassDescription("Says how a concern was resolved.")
    record ResolveConcern(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId concernId,

            @JsonPropertyDescription("How.") @NotBlank @Size(max = Limits.TEXT)
            String resolution)
            implements DealsWithEntry {

        @Override
        public EntryId entry() {
            return concernId;
        }
    }

    @JsonClassDescription(
            "Contests a commitment or a concern: from now on it is no evidence, until the dispute is settled.")
    record RaiseDispute(
            @NotNull RelationshipId relationshipId,

            @JsonPropertyDescription("The commitment or the concern.") @NotNull
            EntryId entryId,

            @JsonPropertyDescription("The party that contests it.") @NotNull
            Party raisedBy,

            @JsonPropertyDescription("Why.") @NotBlank @Size(max = Limits.TEXT)
            String reason)
            implements DealsWithEntry {

        @Override
        public EntryId entry() {
            return entryId;
        }
    }

    @JsonClassDescription("Settles the dispute about an entry.")
    record SettleDispute(
            @NotNull RelationshipId relationshipId,
            @NotNull EntryId entryId,

            @JsonPropertyDescription("What the parties came to.") @NotBlank @Size(max = Limits.TEXT)
            String outcome,

            @JsonPropertyDescription("Whether the entry counts again.") @NotNull
            Boolean upheld)
            implements DealsWithEntry {

        @Override
        public EntryId entry() {
            return entryId;
        }
    }

    @JsonClassDescription("Puts right an interaction, a disclosure or a contribution.")
    record CorrectEntry(
            @NotNull RelationshipId relationshipId,

            @JsonPropertyDescription("The interaction, the disclosure or the contribution.") @NotNull
            EntryId entryId,

            @JsonPropertyDescription("Why it was wrong.") @NotBlank @Size(max = Limits.TEXT)
            String reason,

            @JsonPropertyDescription("Of an interaction.") @Nullable
            Channel channel,

            @JsonPropertyDescription("Of an interaction.")
            @Nullable
            @Pattern(regexp = Limits.NOT_BLANK, message = "must not be blank")
            @Size(max = Limits.TEXT)
            String summary,

            @JsonPropertyDescription("Of an interaction.") @Nullable @Size(max = Limits.NAMES)
            List<@NotBlank @Size(max = Limits.NAME) String> participants,

            @JsonPropertyDescription("Of an interaction, from -2 (hostile) to 2 (warm).") @Nullable @Min(-2) @Max(2)
            Integer sentiment,

            @JsonPropertyDescription("Of a disclosure.") @Nullable
            Party madeBy,

            @JsonPropertyDescription("Of a disclosure.") @Nullable
            DisclosureKind kind,

            @JsonPropertyDescription("Of a disclosure.")
            @Nullable
            @Pattern(regexp = Limits.NOT_BLANK, message = "must not be blank")
            @Size(max = Limits.TEXT)
            String subject,

            @JsonPropertyDescription("Of a contribution.") @Nullable
            Party givenBy,

            @JsonPropertyDescription("Of a contribution.")
            @Nullable
            @Pattern(regexp = Limits.NOT_BLANK, message = "must not be blank")
            @Size(max = Limits.TEXT)
            String statement,

            @JsonPropertyDescription("Of a contribution; with its currency.")
            @Nullable
            @Digits(integer = 15, fraction = 6)
            BigDecimal amount,

            @JsonPropertyDescription("Of a contribution; with its amount.") @Nullable
            Currency currency)
            implements RelationshipCommand {

        @Override
        public String answersWith() {
            return entryId.value();
        }
    }

    @JsonClassDescription("Takes back an entry that should never have been made.")
    record RetractEntry(
            @NotNull RelationshipId relationshipId,

            @JsonPropertyDescription("Any entry of the relationship.") @NotNull
            EntryId entryId,

            @JsonPropertyDescription("Why.") @NotBlank @Size(max = Limits.TEXT)
            String reason)
            implements DealsWithEntry {

        @Override
        public EntryId entry() {
            return entryId;
        }
    }

    @JsonClassDescription(
            "Ends the relationship and releases its open commitments. It then takes no command but reopening.")
    record EndRelationship(
            @NotNull RelationshipId relationshipId,

            @JsonPropertyDescription("Why.") @NotBlank @Size(max = Limits.TEXT)
            String reason)
            implements RelationshipCommand {}

    @JsonClassDescription("Makes an ended relationship active again.")
    record ReopenRelationship(
            @NotNull RelationshipId relationshipId,

            @JsonPropertyDescription("Why.") @NotBlank @Size(max = Limits.TEXT)
            String reason)
            implements RelationshipCommand {}
}
