package dev.rapport.events;

import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * Names or texts of earlier events of the relationship were made unreadable for good, since a person is to be forgotten: whoever keeps them
 * has to forget them too. {@code entries} are those whose texts are gone; nothing else of them has changed.
 */
@Revision("1")
public record PersonalDataErased(RelationshipId relationshipId, String erasureId, List<EntryId> entries)
        implements RelationshipEvent {
    public PersonalDataErased {
        entries = List.copyOf(entries);
    }
}
