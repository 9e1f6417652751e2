package dev.rapport.query.projection;

import static dev.rapport.query.jooq.Tables.PROJECTION_TOKEN;

import dev.rapport.query.database.ReadDatabase;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.serialization.SerializedObject;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** How far a generation has come in each segment: the read models tell of all of the segment's events up to that position. */
@Component
public class SegmentTable {

    private final DSLContext database;

    SegmentTable(@ReadDatabase DSLContext database) {
        this.database = database;
    }

    public SortedMap<Integer, Long> positions() {
        SortedMap<Integer, Long> positions = new TreeMap<>();
        database.select(PROJECTION_TOKEN.SEGMENT, PROJECTION_TOKEN.TOKEN_TYPE, PROJECTION_TOKEN.TOKEN)
                .from(PROJECTION_TOKEN)
                .where(PROJECTION_TOKEN.PROCESSOR.eq(ReadModelProcessor.NAME))
                .forEach(row -> positions.put(
                        row.value1(), row.value3() == null ? 0 : TokenTable.position(row.value2(), row.value3())));
        return positions;
    }

    /** Which node works on each of the segments; empty for one that is free. */
    public List<Optional<String>> owners() {
        return database.select(PROJECTION_TOKEN.OWNER)
                .from(PROJECTION_TOKEN)
                .where(PROJECTION_TOKEN.PROCESSOR.eq(ReadModelProcessor.NAME))
                .fetch(row -> Optional.ofNullable(row.value1()));
    }

    /** Notes that the read models tell of all events up to a position, where less was known. */
    public void raise(long position) {
        SerializedObject<byte[]> token =
                TokenTable.SERIALIZER.serialize(new GlobalSequenceTrackingToken(position), byte[].class);
        positions().forEach((segment, before) -> {
            if (before < position) {
                database.update(PROJECTION_TOKEN)
                        .set(PROJECTION_TOKEN.TOKEN, token.getData())
                        .set(PROJECTION_TOKEN.TOKEN_TYPE, token.getType().getName())
                        .where(PROJECTION_TOKEN.PROCESSOR.eq(ReadModelProcessor.NAME))
                        .and(PROJECTION_TOKEN.SEGMENT.eq(segment))
                        .execute();
            }
        });
    }
}
