package dev.rapport.query.projection;

import static dev.rapport.query.jooq.Tables.PROJECTION_TOKEN;

import dev.rapport.events.storage.TokenSerializer;
import dev.rapport.query.consistency.ProjectedPosition;
import dev.rapport.query.database.ReadDatabase;
import java.util.LongSummaryStatistics;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the position off the segments' tokens, which are written with the rows that they account for. */
@Component
class ProjectedPositionTable implements ProjectedPosition {

    private final DSLContext database;
    private final TokenSerializer serializer = new TokenSerializer();

    ProjectedPositionTable(@ReadDatabase DSLContext database) {
        this.database = database;
    }

    @Override
    public Reached reached() {
        LongSummaryStatistics positions = database
                .select(PROJECTION_TOKEN.TOKEN, PROJECTION_TOKEN.TOKEN_TYPE)
                .from(PROJECTION_TOKEN)
                .where(PROJECTION_TOKEN.PROCESSOR.eq(ReadModelProcessor.NAME))
                .fetch(row -> position(row.value1(), row.value2()))
                .stream()
                .collect(Collectors.summarizingLong(position -> position));
        return positions.getCount() == 0 ? Reached.NOTHING : new Reached(positions.getMin(), positions.getMax());
    }

    private long position(byte @Nullable [] token, @Nullable String type) {
        if (token == null || type == null) {
            return 0;
        }
        TrackingToken read = serializer.deserialize(new SimpleSerializedObject<>(token, byte[].class, type, null));
        return read == null ? 0 : read.position().orElse(0);
    }
}
