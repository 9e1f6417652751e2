package dev.rapport.query.stream;

import dev.rapport.query.access.Viewer;
import dev.rapport.query.history.ToldEvent;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** An event of the feed, which is written as JSON once for all who are told it alike. */
public final class FedEvent {

    private static final Duration NOW = Duration.ofSeconds(1);

    private final ToldEvent told;
    private final JsonMapper json;
    private final long toldAt = System.nanoTime();
    private volatile @Nullable String full;
    private volatile @Nullable String withoutTexts;

    FedEvent(ToldEvent told, JsonMapper json) {
        this.told = told;
        this.json = json;
    }

    public ToldEvent told() {
        return told;
    }

    /** Whether it was found out just now who may see the event; a manager may have been assigned since. */
    boolean isOfNow() {
        return System.nanoTime() - toldAt < NOW.toNanos();
    }

    /** The item as a viewer is told it; nothing when the event is not the viewer's to see. */
    @SuppressWarnings("ReferenceEquality") // the item told to a viewer is one of the two
    Optional<String> jsonFor(Viewer viewer) {
        return told.toldTo(viewer).map(item -> item == told.full() ? full() : withoutTexts());
    }

    private String full() {
        String known = full;
        if (known == null) {
            known = json.writeValueAsString(told.full());
            full = known;
        }
        return known;
    }

    private String withoutTexts() {
        String known = withoutTexts;
        if (known == null) {
            known = json.writeValueAsString(told.withoutTexts());
            withoutTexts = known;
        }
        return known;
    }
}
