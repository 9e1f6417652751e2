package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.events.vocabulary.StakeholderKind;
import java.util.List;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * What we know a stakeholder by changed: what is present replaces what was there, what is absent stays.
 */
@Revision("2")
public record StakeholderProfileChanged(
        StakeholderId stakeholderId,
        @Personal(KeyOf.STAKEHOLDER) @Nullable String name,
        @Nullable StakeholderKind kind,
        @Nullable String group,
        @Nullable List<String> values)
        implements StakeholderEvent {
    public StakeholderProfileChanged {
        values = values == null ? null : List.copyOf(values);
    }
}
