package dev.rapport.command.erasures;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.command.Limits;
import dev.rapport.events.storage.ErasureOrder;
import dev.rapport.events.storage.ErasureOrder.EntryOf;
import dev.rapport.events.storage.ErasureOrder.EventOf;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whom an operator wants forgotten, or what, and why. */
public record ErasePersonalData(
        @JsonPropertyDescription(
                "The name of the person, as participants are called: it is erased wherever it is a participant's, with"
                        + " the texts of the entries that the person took part in or that a text names in full. Case,"
                        + " accents and spacing make no difference.")
        @Pattern(regexp = Limits.NOT_BLANK)
        @Size(max = Limits.NAME)
        @Nullable
        String person,

        @JsonPropertyDescription("Keeps the search for the person to these relationships; everywhere, if left out.")
        @Size(max = Limits.NAMES)
        @Nullable
        List<@NotNull RelationshipId> relationshipIds,

        @JsonPropertyDescription("Entries whose texts are to be erased, whoever they name.")
        @Size(max = Limits.NAMES)
        @Nullable
        List<@NotNull @Valid NamedEntry> entries,

        @JsonPropertyDescription(
                "Events of relationships as a whole whose texts are to be erased; of an event of an entry, those of"
                        + " the entry.")
        @Size(max = Limits.NAMES)
        @Nullable
        List<@NotNull @Valid NamedEvent> events,

        @JsonPropertyDescription("Stakeholders whose names are to be erased.") @Size(max = Limits.NAMES) @Nullable
        List<@NotNull StakeholderId> stakeholderIds,

        @JsonPropertyDescription("Why; it is kept, and must not name the person.") @NotBlank @Size(max = Limits.TEXT)
        String reason) {

    /** An entry of a relationship. */
    public record NamedEntry(
            @NotNull RelationshipId relationshipId, @NotNull EntryId entryId) {}

    /** The event that brought a relationship to a version. */
    public record NamedEvent(
            @NotNull RelationshipId relationshipId,

            @NotNull @Min(1) @Max(Integer.MAX_VALUE) Integer version) {}

    ErasureOrder order() {
        return new ErasureOrder(
                person,
                orNone(relationshipIds),
                orNone(entries).stream()
                        .map(entry -> new EntryOf(entry.relationshipId, entry.entryId))
                        .toList(),
                orNone(events).stream()
                        .map(event -> new EventOf(event.relationshipId, event.version))
                        .toList(),
                orNone(stakeholderIds));
    }

    boolean namesNothing() {
        return person == null
                && orNone(entries).isEmpty()
                && orNone(events).isEmpty()
                && orNone(stakeholderIds).isEmpty();
    }

    private static <T> List<T> orNone(@Nullable List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }
}
