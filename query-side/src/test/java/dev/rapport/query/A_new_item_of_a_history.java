package dev.rapport.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.DomainEvent;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.storage.EventTypes;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.query.database.Json;
import dev.rapport.query.history.HistoryItem;
import dev.rapport.query.history.NewHistoryItem;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class A_new_item_of_a_history {

    private static final EventTypes TYPES = EventTypes.of(DomainEvent.class);

    @Test
    void is_written_as_the_item_that_is_read_again() {
        Stream<DomainEvent> random = new RandomHistory(20261127, "item")
                .next(3_000).stream().flatMap(happening -> happening.events().stream());
        Stream<DomainEvent> numbers = Stream.of("99.90", "1E+3", "0.000000001", "12345678901234567890.10", "-0.0")
                .map(value -> Examples.measurement("R-1", "M-1", "N-1", value, LocalDate.of(2026, 1, 1)));

        assertThat(Stream.concat(random, numbers))
                .filteredOn(RelationshipEvent.class::isInstance)
                .hasSizeGreaterThan(3_000)
                .allSatisfy(event -> {
                    var item = NewHistoryItem.of((RelationshipEvent) event, recorded(event));

                    String written = Json.write(item);
                    assertThat(written).isEqualTo(Json.write(asItIsRead(item)));
                    assertThat(Json.write(Json.read(written, HistoryItem.class)))
                            .isEqualTo(written);
                });
    }

    private static HistoryItem asItIsRead(NewHistoryItem item) {
        return new HistoryItem(
                item.relationshipId(),
                item.version(),
                item.position(),
                item.eventId(),
                item.type(),
                item.occurredAt(),
                item.recordedAt(),
                item.recordedBy(),
                Json.tree(item.data()));
    }

    private static RecordedEvent recorded(DomainEvent event) {
        return new RecordedEvent(
                1,
                "E-1",
                event.stream(),
                1,
                TYPES.nameOf(event.getClass()),
                TYPES.revisionOf(event.getClass()),
                Instant.parse("2026-03-02T12:00:00Z"),
                Instant.parse("2026-03-02T12:00:00.123456Z"),
                Log.SOMEBODY,
                Map.of(),
                event);
    }
}
