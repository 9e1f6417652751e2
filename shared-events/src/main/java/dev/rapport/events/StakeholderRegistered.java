package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.events.vocabulary.StakeholderKind;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * A party became known to us as a stakeholder.
 */
@Revision("2")
public record StakeholderRegistered(
        StakeholderId stakeholderId,
        @Personal(KeyOf.STAKEHOLDER) String name,
        StakeholderKind kind,
        String group,
        List<String> values)
        implements StakeholderEvent {
    public StakeholderRegistered {
        values = List.copyOf(values);
    }
}
