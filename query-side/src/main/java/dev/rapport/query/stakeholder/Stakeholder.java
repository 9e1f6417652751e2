package dev.rapport.query.stakeholder;

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
                if (before == null) {
                    throw new IllegalStateException(
                            "a stakeholder changed that was never registered: " + recorded.stream());
                }
                yield new Stakeholder(
                        before.id,
                        orElse(event.name(), before.name),
                        orElse(event.kind(), before.kind),
                        orElse(event.group(), before.group),
                        orElse(event.values(), before.values),
                        before.registeredAt,
                        recorded.version(),
                        recorded.position(),
                        before.registeredPosition);
            }
        };
    }

    private static <T> T orElse(@Nullable T changed, T before) {
        return changed == null ? before : changed;
    }
}
