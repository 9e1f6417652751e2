package dev.rapport.query.kafka;

import static dev.rapport.query.jooq.Tables.KAFKA_TOPIC;

import dev.rapport.query.database.ReadDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * How far each topic has come, beside the read models. A topic is held by one node at a time, for as long as its lease; what the holder notes
 * down counts only while it still holds it.
 */
final class KafkaTopicTable {

    private static final int LONGEST_ERROR = 500;

    private final DSLContext database;

    KafkaTopicTable(@ReadDatabase DSLContext database) {
        this.database = database;
    }

    /** The lease ran out, and another node has taken the topic. */
    static final class NotHeld extends RuntimeException {}

    /** How far a topic has come, and what it stands still at. */
    record Standing(
            long position,
            @Nullable String holder,
            @Nullable String error) {}

    Optional<Standing> standing(String topic) {
        return database.select(KAFKA_TOPIC.POSITION, KAFKA_TOPIC.HOLDER, KAFKA_TOPIC.LAST_ERROR)
                .from(KAFKA_TOPIC)
                .where(KAFKA_TOPIC.TOPIC.eq(topic))
                .fetchOptional(row -> new Standing(row.value1(), row.value2(), row.value3()));
    }

    /** Notes where a topic begins, unless it has begun. */
    void begin(String topic, long position) {
        database.insertInto(KAFKA_TOPIC, KAFKA_TOPIC.TOPIC, KAFKA_TOPIC.POSITION)
                .values(topic, position)
                .onConflictDoNothing()
                .execute();
    }

    /** By the database's clock, which all nodes share. */
    private Instant now() {
        return Objects.requireNonNull(
                database.select(DSL.currentInstant()).fetchSingle().value1());
    }

    /** The position to go on after, and the topic held from now on for as long as a lease; nothing while another node has it. */
    Optional<Long> take(String topic, String holder, Duration lease) {
        Instant now = now();
        int taken = database.update(KAFKA_TOPIC)
                .set(KAFKA_TOPIC.HOLDER, holder)
                .set(KAFKA_TOPIC.HELD_UNTIL, now.plus(lease))
                .where(KAFKA_TOPIC.TOPIC.eq(topic))
                .and(KAFKA_TOPIC.HOLDER.isNull().or(KAFKA_TOPIC.HELD_UNTIL.lt(now)))
                .execute();
        return taken == 1 ? standing(topic).map(Standing::position) : Optional.empty();
    }

    /** Holds it for another lease. */
    void renew(String topic, String holder, Duration lease) {
        noteDown(database.update(KAFKA_TOPIC)
                .set(KAFKA_TOPIC.HELD_UNTIL, now().plus(lease))
                .where(isHeld(topic, holder))
                .execute());
    }

    /** Everything up to a position was published. */
    void advance(String topic, String holder, long position) {
        noteDown(database.update(KAFKA_TOPIC)
                .set(KAFKA_TOPIC.POSITION, position)
                .setNull(KAFKA_TOPIC.LAST_ERROR)
                .where(isHeld(topic, holder))
                .execute());
    }

    void failed(String topic, String holder, String error) {
        noteDown(database.update(KAFKA_TOPIC)
                .set(KAFKA_TOPIC.LAST_ERROR, error.substring(0, Math.min(error.length(), LONGEST_ERROR)))
                .where(isHeld(topic, holder))
                .execute());
    }

    void letGo(String topic, String holder) {
        database.update(KAFKA_TOPIC)
                .setNull(KAFKA_TOPIC.HOLDER)
                .where(isHeld(topic, holder))
                .execute();
    }

    private static Condition isHeld(String topic, String holder) {
        return KAFKA_TOPIC.TOPIC.eq(topic).and(KAFKA_TOPIC.HOLDER.eq(holder));
    }

    private static void noteDown(int rows) {
        if (rows != 1) {
            throw new NotHeld();
        }
    }
}
