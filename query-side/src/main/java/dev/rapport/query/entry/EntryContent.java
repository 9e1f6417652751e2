package dev.rapport.query.entry;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.NOT_REQUIRED;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.rapport.events.vocabulary.AlignmentDimension;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.ConcernSubject;
import dev.rapport.events.vocabulary.Direction;
import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Holder;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Money;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.Requirement;
import dev.rapport.events.vocabulary.SwitchingCost;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an entry says, as of its latest correction, and what became of it; fields have the names that commands give them. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = EntryContent.TYPE)
public sealed interface EntryContent {

    /** The property that says which of these a stored content is. */
    String TYPE = "@type";

    EntryKind kind();

    /** A contact that took place. */
    record Interaction(
            Channel channel,

            @Schema(requiredMode = NOT_REQUIRED) @JsonPropertyDescription("Left out for viewers who may not read it.")
            String summary,

            @Schema(requiredMode = NOT_REQUIRED) @JsonPropertyDescription("Left out for viewers who may not read it.")
            List<String> participants,

            @Nullable Integer sentiment)
            implements EntryContent {
        public Interaction {
            participants = List.copyOf(participants);
        }

        @Override
        public EntryKind kind() {
            return EntryKind.INTERACTION;
        }
    }

    /**
     * A promise by one party to the other.
     *
     * @param overdue open still, though its due day has passed
     * @param late kept after its due day
     * @param renegotiations how often another due day was agreed on
     * @param note what was said when it was kept
     * @param reason why it was broken or released
     */
    record Commitment(
            Party madeBy,
            String statement,
            LocalDate dueOn,
            State state,
            boolean overdue,
            boolean late,
            int renegotiations,
            @Nullable Instant endedAt,
            @Nullable String note,
            @Nullable String reason)
            implements EntryContent {

        /** Open, or how it ended. */
        public enum State {
            OPEN,
            KEPT,
            BROKEN,
            RELEASED
        }

        static Commitment open(Party madeBy, String statement, LocalDate dueOn) {
            return new Commitment(madeBy, statement, dueOn, State.OPEN, false, false, 0, null, null, null);
        }

        Commitment dueNow(LocalDate day, String statement) {
            return new Commitment(
                    madeBy, statement, day, state, false, late, renegotiations + 1, endedAt, note, reason);
        }

        Commitment pastDue() {
            return new Commitment(madeBy, statement, dueOn, state, true, late, renegotiations, endedAt, note, reason);
        }

        Commitment kept(Instant at, boolean late, @Nullable String note) {
            return new Commitment(madeBy, statement, dueOn, State.KEPT, false, late, renegotiations, at, note, null);
        }

        Commitment ended(State state, Instant at, @Nullable String reason) {
            return new Commitment(madeBy, statement, dueOn, state, false, false, renegotiations, at, null, reason);
        }

        @JsonIgnore
        public boolean isOpen() {
            return state == State.OPEN;
        }

        @Override
        public EntryKind kind() {
            return EntryKind.COMMITMENT;
        }
    }

    /** Information that one party shared with the other. */
    record Disclosure(Party madeBy, @JsonProperty("kind") DisclosureKind disclosed, String subject)
            implements EntryContent {
        @Override
        public EntryKind kind() {
            return EntryKind.DISCLOSURE;
        }
    }

    /** What a party, or both, want. */
    record Objective(
            Holder heldBy,
            String statement,
            @Nullable String motive,
            @Nullable Instant retiredAt,
            @Nullable String retirementReason)
            implements EntryContent {

        private static final Instant STILL = Instant.parse("9999-12-31T00:00:00Z");

        /** Until when it is held: until the year 9999 while it is. */
        public Instant heldUntil() {
            return retiredAt == null ? STILL : retiredAt;
        }

        Objective retired(Instant at, String reason) {
            return new Objective(heldBy, statement, motive, at, reason);
        }

        @Override
        public EntryKind kind() {
            return EntryKind.OBJECTIVE;
        }
    }

    /** What a party expects of a party. */
    record Expectation(Party heldBy, Party of, String statement) implements EntryContent {
        @Override
        public EntryKind kind() {
            return EntryKind.EXPECTATION;
        }
    }

    /** What a party achieved for the other. */
    record Contribution(
            Party givenBy,
            String statement,
            @Nullable BigDecimal amount,
            @Nullable Currency currency) implements EntryContent {

        static Contribution of(Party givenBy, String statement, @Nullable Money worth) {
            return worth == null
                    ? new Contribution(givenBy, statement, null, null)
                    : new Contribution(givenBy, statement, worth.amount(), worth.currency());
        }

        @Override
        public EntryKind kind() {
            return EntryKind.CONTRIBUTION;
        }
    }

    /** A reciprocal performance indicator. */
    record Indicator(
            Party owner,
            Requirement requirement,
            Level level,
            String name,
            BigDecimal target,
            Direction better,
            @Nullable String unit)
            implements EntryContent {
        @Override
        public EntryKind kind() {
            return EntryKind.INDICATOR;
        }
    }

    /** The value of an indicator on a day. */
    record Measurement(EntryId indicatorId, BigDecimal value, LocalDate measuredOn, boolean meetsTarget)
            implements EntryContent {
        @Override
        public EntryKind kind() {
            return EntryKind.MEASUREMENT;
        }
    }

    /** The same dimensions scored from three views. */
    record AlignmentAssessment(List<AlignmentDimension> dimensions) implements EntryContent {
        public AlignmentAssessment {
            dimensions = List.copyOf(dimensions);
        }

        /** The figures of the assessment. */
        public Alignment figures() {
            return Alignment.of(dimensions);
        }

        @Override
        public EntryKind kind() {
            return EntryKind.ALIGNMENT_ASSESSMENT;
        }
    }

    /** How far the parties' values go together. */
    record ValuesAssessment(
            BigDecimal overlap,
            BigDecimal complement,
            BigDecimal conflict,
            @Nullable String note) implements EntryContent {
        @Override
        public EntryKind kind() {
            return EntryKind.VALUES_ASSESSMENT;
        }
    }

    /** How much each party depends on the other. */
    record DependencyAssessment(BigDecimal ourDependence, BigDecimal theirDependence, SwitchingCost switchingCost)
            implements EntryContent {
        @Override
        public EntryKind kind() {
            return EntryKind.DEPENDENCY_ASSESSMENT;
        }
    }

    /** What a party is unhappy about. */
    record Concern(
            Party raisedBy,
            ConcernSubject about,
            String statement,
            @Nullable Instant resolvedAt,
            @Nullable String resolution)
            implements EntryContent {

        Concern resolved(Instant at, String resolution) {
            return new Concern(raisedBy, about, statement, at, resolution);
        }

        @Override
        public EntryKind kind() {
            return EntryKind.CONCERN;
        }
    }
}
