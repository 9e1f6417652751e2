package dev.rapport.events.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.events.CommitmentRecorded;
import dev.rapport.events.DomainEvent;
import dev.rapport.events.EntryEvent;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.StakeholderEvent;
import dev.rapport.events.StakeholderRegistered;
import org.axonframework.serialization.Revision;
import org.junit.jupiter.api.Test;

class The_names_of_events {

    private final EventTypes types = EventTypes.of(DomainEvent.class);

    @Test
    void are_those_of_the_sealed_family_without_a_list_to_maintain() {
        assertThat(types.names())
                .contains("CommitmentRecorded", "StakeholderRegistered")
                .hasSize(StakeholderEvent.class.getPermittedSubclasses().length
                        + RelationshipEvent.class.getPermittedSubclasses().length
                        - 1
                        + EntryEvent.class.getPermittedSubclasses().length);
    }

    @Test
    void lead_to_their_classes_and_back() {
        assertThat(types.nameOf(CommitmentRecorded.class)).isEqualTo("CommitmentRecorded");
        assertThat(types.classOf("CommitmentRecorded", "2")).isEqualTo(CommitmentRecorded.class);
        assertThat(types.revisionOf(StakeholderRegistered.class)).isEqualTo("2");
    }

    @Test
    void are_refused_when_nobody_knows_them() {
        assertThatThrownBy(() -> types.classOf("CommitmentForgotten", "1"))
                .isInstanceOf(UnknownEventException.class)
                .hasMessageContaining("CommitmentForgotten of revision 1");
        assertThatThrownBy(() -> types.nameOf(String.class)).hasMessageContaining("java.lang.String is not an event");
    }

    @Test
    void are_refused_in_a_revision_that_nobody_knows() {
        assertThatThrownBy(() -> types.classOf("CommitmentRecorded", "3"))
                .isInstanceOf(UnknownEventException.class)
                .hasMessageContaining("CommitmentRecorded of revision 3");
    }

    @Test
    void are_known_in_every_revision_up_to_that_of_today() {
        assertThat(types.know(new EventForm("CommitmentRecorded", "1"))).isTrue();
        assertThat(types.know(new EventForm("CommitmentRecorded", "2"))).isTrue();
        assertThat(types.know(new EventForm("CommitmentRecorded", "3"))).isFalse();
        assertThat(types.know(new EventForm("CommitmentRecorded", "next"))).isFalse();
        assertThat(types.know(new EventForm("CommitmentForgotten", "1"))).isFalse();
    }

    @Test
    void are_refused_when_two_events_would_share_one() {
        assertThatThrownBy(() -> EventTypes.of(Doubled.class)).hasMessageContaining("under the same name");
    }

    @Test
    void are_refused_for_events_without_a_revision() {
        assertThatThrownBy(() -> EventTypes.of(Unrevised.class)).hasMessageContaining("has no @Revision");
    }

    @Test
    void are_refused_for_families_that_nobody_can_list() {
        assertThatThrownBy(() -> EventTypes.of(Open.class)).hasMessageContaining("is open to subclasses");
    }

    sealed interface Doubled {
        sealed interface Here extends Doubled {
            @Revision("1")
            record Happened() implements Here {}
        }

        sealed interface There extends Doubled {
            @Revision("1")
            record Happened() implements There {}
        }
    }

    sealed interface Unrevised {
        record Happened() implements Unrevised {}
    }

    sealed interface Open {
        @Revision("1")
        non-sealed class Happened implements Open {}
    }
}
