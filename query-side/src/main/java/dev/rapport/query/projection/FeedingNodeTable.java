package dev.rapport.query.projection;

import static dev.rapport.query.jooq.Tables.FEEDING_NODE;

import dev.rapport.query.database.ReadDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Which nodes feed the read models, whether or not they work on a segment at the moment. */
@Component
class FeedingNodeTable {

    /** Sooner than what a node worked on is free for others, so that nobody makes room for one that is gone. */
    private static final Duration GONE_AFTER = Duration.ofSeconds(5);

    private final DSLContext database;

    FeedingNodeTable(@ReadDatabase DSLContext database) {
        this.database = database;
    }

    /** Notes that a node is there, and tells which are. */
    Set<String> present(String self) {
        Instant now = Objects.requireNonNull(
                database.select(DSL.currentInstant()).fetchSingle().value1());
        if (database.update(FEEDING_NODE)
                        .set(FEEDING_NODE.SEEN_AT, now)
                        .where(FEEDING_NODE.NAME.eq(self))
                        .execute()
                == 0) {
            database.insertInto(FEEDING_NODE, FEEDING_NODE.NAME, FEEDING_NODE.SEEN_AT)
                    .values(self, now)
                    .execute();
        }
        database.deleteFrom(FEEDING_NODE)
                .where(FEEDING_NODE.SEEN_AT.lt(now.minus(GONE_AFTER)))
                .execute();
        return database.select(FEEDING_NODE.NAME).from(FEEDING_NODE).fetchSet(FEEDING_NODE.NAME);
    }

    /** Notes that a node is there no more. */
    void leaves(String self) {
        database.deleteFrom(FEEDING_NODE).where(FEEDING_NODE.NAME.eq(self)).execute();
    }
}
