package dev.rapport.query.projection;

import static dev.rapport.query.jooq.Tables.DISCARDED_EVENT;

import dev.rapport.events.StreamName;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.query.database.ReadDatabase;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** The events that an operator had the read models leave out: in the generation that is live and in all to come. */
@Component
class DiscardedEventTable {

    private final DSLContext database;

    DiscardedEventTable(@ReadDatabase DSLContext database) {
        this.database = database;
    }

    /** Which versions of streams are left out; streams of which none is are not in it. */
    Map<StreamName, Set<Long>> among(Collection<StreamName> streams) {
        Map<StreamName, Set<Long>> discarded = new HashMap<>();
        database.select(DISCARDED_EVENT.STREAM, DISCARDED_EVENT.VERSION)
                .from(DISCARDED_EVENT)
                .where(DISCARDED_EVENT.STREAM.in(
                        streams.stream().map(StreamName::value).toList()))
                .forEach(row -> discarded
                        .computeIfAbsent(new StreamName(row.value1()), _ -> new HashSet<>())
                        .add(row.value2()));
        return discarded;
    }

    boolean isEmpty() {
        return !database.fetchExists(DISCARDED_EVENT);
    }

    void add(RecordedEvent event, String reason, String subject, Instant at) {
        database.insertInto(DISCARDED_EVENT)
                .set(DISCARDED_EVENT.STREAM, event.stream().value())
                .set(DISCARDED_EVENT.VERSION, event.version())
                .set(DISCARDED_EVENT.POSITION, event.position())
                .set(DISCARDED_EVENT.EVENT_ID, event.eventId())
                .set(DISCARDED_EVENT.REASON, reason)
                .set(DISCARDED_EVENT.DISCARDED_BY, subject)
                .set(DISCARDED_EVENT.DISCARDED_AT, at)
                .execute();
    }
}
