package dev.rapport.query.stakeholder;

import dev.rapport.events.StakeholderErased;
import dev.rapport.events.StakeholderEvent;
import dev.rapport.events.StakeholderProfileChanged;
import dev.rapport.events.StakeholderRegistered;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.events.vocabulary.StakeholderKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a stakeholder after some of its events.
 *
 * @param version of its stream
 * @param position of the newest event that is in here
 * @param registeredPosition of its first event
 */
public record Stakeholder(
        StakeholderId id,
        String name,
        StakeholderKind kind,
        String group,
        List<String> values,
        Instant registeredAt,
        long version,
        long position,
        long registeredPosition) {

    public Stakeholder {
        values = List.copyOf(values);
    }

    /** The stakeholder after one more event; {@code before} is null before its first. */
    public static Stakeholder evolve(@Nullable Stakeholder before, StakeholderEvent happened, RecordedEvent recorded) {
        return switch (happened) {
            case StakeholderRegistered event ->
                new Stakeholder(
                        event.stakeholderId(),
                        event.name(),
                        event.kind(),
                        event.group(),
                        event.values(),
                        recorded.occurredAt(),
                        recorded.version(),
                        recorded.position(),
                        recorded.position());
            case StakeholderProfileChanged event -> {
                Stakeholder known = known(before, recorded);
                yield new Stakeholder(
                        known.id,
                        orElse(event.name(), known.name),
                        orElse(event.kind(), known.kind),
                        orElse(event.group(), known.group),
                        orElse(event.values(), known.values),
                        known.registeredAt,
                        recorded.version(),
                        recorded.position(),
                        known.registeredPosition);
            }
            // whoever keeps what was erased has to evolve anew, from what is left
            case StakeholderErased _ -> {
                Stakeholder known = known(before, recorded);
                yield new Stakeholder(
                        known.id,
                        known.name,
                        known.kind,
                        known.group,
                        known.values,
                        known.registeredAt,
                        recorded.version(),
                        recorded.position(),
                        known.registeredPosition);
            }
        };
    }

    private static Stakeholder known(@Nullable Stakeholder before, RecordedEvent recorded) {
        if (before == null) {
            throw new IllegalStateException("a stakeholder changed that was never registered: " + recorded.stream());
        }
        return before;
    }

    private static <T> T orElse(@Nullable T changed, T before) {
        return changed == null ? before : changed;
    }
}
