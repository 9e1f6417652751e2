package dev.rapport.events.storage;

import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be forgotten.
 *
 * @param person whose name, wherever it is that of a participant or, as a whole, in a text; and the texts of the entries and events that are found so
 * @param within the relationships that the person is looked for in; everywhere when there are none
 * @param entries whose texts
 * @param events of relationships as a whole, whose texts
 * @param stakeholders whose names
 */
public record ErasureOrder(
        @Nullable String person,
        List<RelationshipId> within,
        List<EntryOf> entries,
        List<EventOf> events,
        List<StakeholderId> stakeholders) {

    public ErasureOrder {
        within = List.copyOf(within);
        entries = List.copyOf(entries);
        events = List.copyOf(events);
        stakeholders = List.copyOf(stakeholders);
    }

    /** An entry of a relationship. */
    public record EntryOf(RelationshipId relationshipId, EntryId entryId) {}

    /** The event that brought a relationship to a version. */
    public record EventOf(RelationshipId relationshipId, long version) {}

    /** Whether a text that is kept beside this order says the person's name, be it a single word. */
    public boolean isNamedBy(String text) {
        return person != null && PersonName.of(person).isSaidIn(text);
    }
}
