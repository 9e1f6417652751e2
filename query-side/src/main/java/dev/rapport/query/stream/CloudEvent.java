package dev.rapport.query.stream;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.query.history.ToldEvent;
import java.time.Instant;

/**
 * An event as CloudEvents 1.0 writes it in structured mode. Receivers are told what a reporter is told: nothing that was said in an
 * interaction, and by nobody.
 *
 * @param subject the stream, such as {@code relationship/R-1}
 * @param sequence the position, by the extension of that name: as text it is in the order of the log
 */
@JsonPropertyOrder({"specversion", "id", "source", "type", "subject", "time", "sequence", "datacontenttype", "data"})
public record CloudEvent(
        String specversion,
        String id,
        String source,
        String type,
        String subject,
        Instant time,
        String sequence,
        String datacontenttype,
        ToldEvent.Item data) {

    public static final String MEDIA_TYPE = "application/cloudevents+json; charset=UTF-8";

    private static final String TYPES = "dev.rapport.";

    public static CloudEvent of(ToldEvent told, String source) {
        RecordedEvent recorded = told.recorded();
        return new CloudEvent(
                "1.0",
                recorded.eventId(),
                source,
                TYPES + recorded.type(),
                recorded.stream().value(),
                recorded.occurredAt(),
                "%019d".formatted(recorded.position()),
                "application/json",
                told.withoutTexts());
    }
}
