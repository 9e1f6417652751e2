package dev.rapport.command.relationship;

import dev.rapport.events.vocabulary.ConcernSubject;
import dev.rapport.events.vocabulary.Direction;
import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Holder;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Party;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What the relationship remembers of an entry: as much as a later decision may ask for, and no text. */
sealed interface Entry {

    EntryKind kind();

    /** An entry of which only its being there matters. */
    record Plain(EntryKind kind) implements Entry {}

    record Commitment(Party madeBy, LocalDate dueOn, State state, boolean overdue, boolean disputed) implements Entry {

        enum State {
            OPEN,
            KEPT,
            BROKEN,
            RELEASED
        }

        static Commitment open(Party madeBy, LocalDate dueOn) {
            return new Commitment(madeBy, dueOn, State.OPEN, false, false);
        }

        @Override
        public EntryKind kind() {
            return EntryKind.COMMITMENT;
        }

        boolean isOpen() {
            return state == State.OPEN;
        }

        Commitment ended(State how) {
            return new Commitment(madeBy, dueOn, how, false, disputed);
        }

        Commitment renegotiated(LocalDate newDueOn) {
            return new Commitment(madeBy, newDueOn, state, false, disputed);
        }

        Commitment pastDue() {
            return new Commitment(madeBy, dueOn, state, true, disputed);
        }

        Commitment underDispute(boolean nowDisputed) {
            return new Commitment(madeBy, dueOn, state, overdue, nowDisputed);
        }
    }

    record Disclosure(Party madeBy, DisclosureKind disclosed, Instant occurredAt) implements Entry {

        @Override
        public EntryKind kind() {
            return EntryKind.DISCLOSURE;
        }

        Disclosure corrected(@Nullable Party newMadeBy, @Nullable DisclosureKind newDisclosed) {
            return new Disclosure(
                    newMadeBy == null ? madeBy : newMadeBy,
                    newDisclosed == null ? disclosed : newDisclosed,
                    occurredAt);
        }
    }

    record Objective(Holder heldBy, boolean retired) implements Entry {

        @Override
        public EntryKind kind() {
            return EntryKind.OBJECTIVE;
        }
    }

    record Indicator(Party owner, Level level, BigDecimal target, Direction better) implements Entry {

        @Override
        public EntryKind kind() {
            return EntryKind.INDICATOR;
        }
    }

    /** An assessment of alignment, values or dependency, made at a time. */
    record Assessment(EntryKind kind, Instant occurredAt) implements Entry {}

    record Concern(Party raisedBy, ConcernSubject about, boolean resolved, boolean disputed) implements Entry {

        @Override
        public EntryKind kind() {
            return EntryKind.CONCERN;
        }

        Concern resolve() {
            return new Concern(raisedBy, about, true, disputed);
        }

        Concern underDispute(boolean nowDisputed) {
            return new Concern(raisedBy, about, resolved, nowDisputed);
        }
    }

    /** What is left of an entry that was retracted: its id stays taken. */
    record Retracted(EntryKind kind) implements Entry {}
}
