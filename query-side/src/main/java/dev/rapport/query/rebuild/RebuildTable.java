package dev.rapport.query.rebuild;

import static dev.rapport.query.jooq.Tables.GENERATION;
import static dev.rapport.query.jooq.Tables.LATE_INDEX;
import static dev.rapport.query.jooq.Tables.LIVE_GENERATION;
import static dev.rapport.query.jooq.Tables.REBUILD;
import static dev.rapport.query.jooq.Tables.REBUILD_DIFFERENCE;
import static dev.rapport.query.jooq.Tables.REBUILD_PART;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;

import dev.rapport.events.storage.StreamRange;
import dev.rapport.query.database.Generations;
import dev.rapport.query.database.Keyset;
import dev.rapport.query.database.Keyset.Part;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.http.Listed;
import dev.rapport.query.http.PageRequest;
import dev.rapport.query.jooq.tables.records.RebuildRecord;
import dev.rapport.query.rebuild.Comparison.Difference;
import dev.rapport.query.rebuild.Rebuild.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The rebuilds and the generations, beside the read models that they are about. Whoever works on a rebuild writes only as its owner. */
@Component
class RebuildTable {

    private static final int UNDER_WAY = 1;

    private static final Keyset<Long, Long> NEWEST_FIRST = Keyset.ascending(
                    Part.number(REBUILD.GENERATION.cast(Long.class)), Part.number(REBUILD.GENERATION.cast(Long.class)))
            .reversed();

    private final DSLContext database;

    RebuildTable(@ReadDatabase DSLContext database) {
        this.database = database;
    }

    /** By the database's clock, which all nodes share. */
    Instant now() {
        return Objects.requireNonNull(
                database.select(DSL.currentInstant()).fetchSingle().value1());
    }

    /** Asks for a rebuild; nothing when one is under way. */
    Optional<Rebuild> add(String id, boolean acceptDifferences, @Nullable String reason, String requestedBy) {
        if (database.fetchExists(REBUILD, REBUILD.UNDER_WAY.eq(UNDER_WAY))) {
            return Optional.empty();
        }
        Instant now = now();
        int generation = 1
                + Objects.requireNonNull(database.select(coalesce(max(GENERATION.NUMBER), inline(0)))
                        .from(GENERATION)
                        .fetchSingle()
                        .value1());
        try {
            database.insertInto(GENERATION, GENERATION.NUMBER, GENERATION.STATE, GENERATION.SINCE)
                    .values(generation, "FILLING", now)
                    .execute();
            var row = new RebuildRecord();
            row.setId(id);
            row.setUnderWay(UNDER_WAY);
            row.setGeneration(generation);
            row.setState(State.WAITING.name());
            row.setAcceptDifferences(acceptDifferences);
            row.setReason(reason);
            row.setRequestedBy(requestedBy);
            row.setRequestedAt(now);
            row.setCancel(false);
            row.setEvents(0L);
            row.setEventsDone(0L);
            row.setFollowedPosition(0L);
            row.setRowsToCompare(0L);
            row.setRowsCompared(0L);
            row.setDifferences(0L);
            row.setWorkedMillis(0L);
            database.insertInto(REBUILD).set(row).execute();
            return find(id);
        } catch (IntegrityConstraintViolationException another) {
            return Optional.empty();
        }
    }

    Optional<Rebuild> find(String id) {
        return database.selectFrom(REBUILD).where(REBUILD.ID.eq(id)).fetchOptional(RebuildTable::rebuild);
    }

    Optional<Rebuild> underWay() {
        return database.selectFrom(REBUILD)
                .where(REBUILD.UNDER_WAY.eq(UNDER_WAY))
                .fetchOptional(RebuildTable::rebuild);
    }

    List<Listed<Rebuild>> list(PageRequest page) {
        return database.select(REBUILD.fields())
                .select(REBUILD.GENERATION.cast(Long.class))
                .from(REBUILD)
                .where(NEWEST_FIRST.after(page))
                .orderBy(NEWEST_FIRST.order())
                .limit(page.rowsToRead())
                .fetch(row -> NEWEST_FIRST.listed(row, rebuild(row.into(REBUILD))));
    }

    private static Rebuild rebuild(RebuildRecord row) {
        return new Rebuild(
                row.getId(),
                row.getGeneration(),
                State.valueOf(row.getState()),
                row.getAcceptDifferences(),
                row.getReason(),
                row.getRequestedBy(),
                row.getRequestedAt(),
                row.getFinishedAt(),
                row.getOwner(),
                row.getCancel(),
                row.getThroughPosition() == null ? 0 : row.getThroughPosition(),
                row.getEvents(),
                row.getEventsDone(),
                row.getFollowedPosition(),
                row.getRowsToCompare(),
                row.getRowsCompared(),
                row.getDifferences(),
                row.getSwappedPosition(),
                row.getWorkedMillis(),
                row.getError());
    }

    /** The rebuild that is under way, if nobody else works on it: from now on this owner does. */
    Optional<Rebuild> claim(String owner, Duration lease) {
        Instant now = now();
        int claimed = database.update(REBUILD)
                .set(REBUILD.OWNER, owner)
                .set(REBUILD.LEASED_UNTIL, now.plus(lease))
                .where(REBUILD.UNDER_WAY.eq(UNDER_WAY))
                .and(REBUILD.OWNER.isNull().or(REBUILD.OWNER.eq(owner)).or(REBUILD.LEASED_UNTIL.lt(now)))
                .execute();
        return claimed == 0 ? Optional.empty() : underWay().filter(rebuild -> owner.equals(rebuild.owner()));
    }

    /** Stays the owner; false when somebody else has become it. */
    boolean extend(Rebuild rebuild, String owner, Duration lease, long workedMillis) {
        return database.update(REBUILD)
                        .set(REBUILD.LEASED_UNTIL, now().plus(lease))
                        .set(REBUILD.WORKED_MILLIS, REBUILD.WORKED_MILLIS.plus(workedMillis))
                        .where(REBUILD.ID.eq(rebuild.id()))
                        .and(REBUILD.OWNER.eq(owner))
                        .execute()
                == 1;
    }

    void release(Rebuild rebuild, String owner) {
        database.update(REBUILD)
                .setNull(REBUILD.OWNER)
                .where(REBUILD.ID.eq(rebuild.id()))
                .and(REBUILD.OWNER.eq(owner))
                .execute();
    }

    boolean cancel(String id) {
        return database.update(REBUILD)
                        .set(REBUILD.CANCEL, true)
                        .where(REBUILD.ID.eq(id))
                        .and(REBUILD.UNDER_WAY.eq(UNDER_WAY))
                        .execute()
                == 1;
    }

    boolean isCancelled(Rebuild rebuild) {
        return database.fetchExists(REBUILD, REBUILD.ID.eq(rebuild.id()).and(REBUILD.CANCEL.isTrue()));
    }

    void plan(Rebuild rebuild, String owner, long throughPosition, List<StreamRange> shares) {
        asOwner(
                rebuild,
                owner,
                database.update(REBUILD)
                        .set(REBUILD.STATE, State.FILLING.name())
                        .set(REBUILD.THROUGH_POSITION, throughPosition)
                        .set(REBUILD.FOLLOWED_POSITION, throughPosition)
                        .set(
                                REBUILD.EVENTS,
                                shares.stream().mapToLong(StreamRange::events).sum())
                        .set(REBUILD.EVENTS_DONE, 0L)
                        .set(REBUILD.WORKED_MILLIS, 0L)
                        .where(REBUILD.ID.eq(rebuild.id()))
                        .and(REBUILD.OWNER.eq(owner)));
        database.deleteFrom(REBUILD_PART)
                .where(REBUILD_PART.REBUILD.eq(rebuild.id()))
                .execute();
        List<Query> parts = new ArrayList<>();
        for (StreamRange share : shares) {
            parts.add(database.insertInto(REBUILD_PART)
                    .set(REBUILD_PART.REBUILD, rebuild.id())
                    .set(REBUILD_PART.PART, parts.size())
                    .set(REBUILD_PART.FIRST_STREAM, share.first())
                    .set(REBUILD_PART.LAST_STREAM, share.last())
                    .set(REBUILD_PART.EVENTS, share.events())
                    .set(REBUILD_PART.EVENTS_DONE, 0L)
                    .set(REBUILD_PART.AFTER_STREAM, share.first())
                    .set(REBUILD_PART.AFTER_SEQUENCE_NUMBER, -1L));
        }
        database.batch(parts).execute();
    }

    /** The shares that are not all filled in yet. */
    List<RebuildPart> openParts(Rebuild rebuild) {
        return database.selectFrom(REBUILD_PART)
                .where(REBUILD_PART.REBUILD.eq(rebuild.id()))
                .and(REBUILD_PART.EVENTS_DONE.lt(REBUILD_PART.EVENTS))
                .orderBy(REBUILD_PART.PART)
                .fetch(row -> new RebuildPart(
                        row.getPart(),
                        row.getLastStream(),
                        row.getEvents(),
                        row.getEventsDone(),
                        row.getAfterStream(),
                        row.getAfterSequenceNumber()));
    }

    /** Tells in the transaction that fills in events that it did; refused when another owner has done so meanwhile. */
    void advance(Rebuild rebuild, RebuildPart before, RebuildPart after) {
        if (database.family() == SQLDialect.POSTGRES) {
            database.execute("set local synchronous_commit = off"); // what a crash takes back is filled in again
        }
        mustBeOne(database.update(REBUILD_PART)
                .set(REBUILD_PART.EVENTS_DONE, after.eventsDone())
                .set(REBUILD_PART.AFTER_STREAM, after.afterStream())
                .set(REBUILD_PART.AFTER_SEQUENCE_NUMBER, after.afterSequenceNumber())
                .where(REBUILD_PART.REBUILD.eq(rebuild.id()))
                .and(REBUILD_PART.PART.eq(before.number()))
                .and(REBUILD_PART.AFTER_STREAM.eq(before.afterStream()))
                .and(REBUILD_PART.AFTER_SEQUENCE_NUMBER.eq(before.afterSequenceNumber()))
                .execute());
    }

    /** How many events are filled in already. */
    long eventsFilled(Rebuild rebuild) {
        Long parts = database.select(sum(REBUILD_PART.EVENTS_DONE).cast(Long.class))
                .from(REBUILD_PART)
                .where(REBUILD_PART.REBUILD.eq(rebuild.id()))
                .fetchSingle()
                .value1();
        return parts == null ? 0 : parts;
    }

    void filled(Rebuild rebuild, long eventsDone) {
        database.update(REBUILD)
                .set(REBUILD.EVENTS_DONE, eventsDone)
                .where(REBUILD.ID.eq(rebuild.id()))
                .execute();
    }

    /** As {@link #advance}, for the events after those that were filled in. */
    void follow(Rebuild rebuild, String owner, long before, long after) {
        mustBeOne(database.update(REBUILD)
                .set(REBUILD.FOLLOWED_POSITION, after)
                .where(REBUILD.ID.eq(rebuild.id()))
                .and(REBUILD.OWNER.eq(owner))
                .and(REBUILD.FOLLOWED_POSITION.eq(before))
                .execute());
    }

    void enter(Rebuild rebuild, String owner, State state) {
        asOwner(
                rebuild,
                owner,
                database.update(REBUILD)
                        .set(REBUILD.STATE, state.name())
                        .where(REBUILD.ID.eq(rebuild.id()))
                        .and(REBUILD.OWNER.eq(owner)));
    }

    void compared(Rebuild rebuild, long rows, long of, long differences) {
        database.update(REBUILD)
                .set(REBUILD.ROWS_COMPARED, rows)
                .set(REBUILD.ROWS_TO_COMPARE, of)
                .set(REBUILD.DIFFERENCES, differences)
                .where(REBUILD.ID.eq(rebuild.id()))
                .execute();
    }

    void differ(Rebuild rebuild, List<Difference> differences) {
        database.deleteFrom(REBUILD_DIFFERENCE)
                .where(REBUILD_DIFFERENCE.REBUILD.eq(rebuild.id()))
                .execute();
        List<Query> rows = new ArrayList<>();
        for (Difference difference : differences) {
            rows.add(database.insertInto(REBUILD_DIFFERENCE)
                    .set(REBUILD_DIFFERENCE.REBUILD, rebuild.id())
                    .set(REBUILD_DIFFERENCE.NUMBER, rows.size())
                    .set(REBUILD_DIFFERENCE.TABLE_NAME, difference.table())
                    .set(REBUILD_DIFFERENCE.ROW_KEY, difference.key())
                    .set(REBUILD_DIFFERENCE.COLUMN_NAME, difference.column())
                    .set(REBUILD_DIFFERENCE.LIVE_VALUE, difference.live())
                    .set(REBUILD_DIFFERENCE.NEW_VALUE, difference.rebuilt()));
        }
        database.batch(rows).execute();
    }

    List<Difference> differences(String id) {
        return database.selectFrom(REBUILD_DIFFERENCE)
                .where(REBUILD_DIFFERENCE.REBUILD.eq(id))
                .orderBy(REBUILD_DIFFERENCE.NUMBER)
                .fetch(row -> new Difference(
                        row.getTableName(),
                        row.getRowKey(),
                        row.getColumnName(),
                        row.getLiveValue(),
                        row.getNewValue()));
    }

    /** Puts the new generation in the live one's place, with the claims of those who feed it. */
    void swap(Rebuild rebuild, String owner, int live, long position) {
        Instant now = now();
        String from = Generations.schema(live);
        String to = Generations.schema(rebuild.generation());
        database.execute("delete from \"" + to + "\".projection_token");
        database.execute("insert into \"" + to + "\".projection_token select * from \"" + from + "\".projection_token");
        mustBeOne(database.update(LIVE_GENERATION)
                .set(LIVE_GENERATION.NUMBER, rebuild.generation())
                .where(LIVE_GENERATION.NUMBER.eq(live))
                .execute());
        enterGeneration(live, "RETIRED", now);
        enterGeneration(rebuild.generation(), "LIVE", now);
        mustBeOne(database.update(REBUILD)
                .set(REBUILD.STATE, State.DONE.name())
                .set(REBUILD.SWAPPED_POSITION, position)
                .set(REBUILD.FINISHED_AT, now)
                .setNull(REBUILD.UNDER_WAY)
                .setNull(REBUILD.OWNER)
                .where(REBUILD.ID.eq(rebuild.id()))
                .and(REBUILD.OWNER.eq(owner))
                .and(REBUILD.CANCEL.isFalse())
                .execute());
        removeParts(rebuild);
    }

    private void enterGeneration(int generation, String state, Instant now) {
        database.update(GENERATION)
                .set(GENERATION.STATE, state)
                .set(GENERATION.SINCE, now)
                .where(GENERATION.NUMBER.eq(generation))
                .execute();
    }

    /** Ends a rebuild whose generation does not become the live one. */
    void end(Rebuild rebuild, String owner, State state, @Nullable String error) {
        asOwner(
                rebuild,
                owner,
                database.update(REBUILD)
                        .set(REBUILD.STATE, state.name())
                        .set(REBUILD.ERROR, error)
                        .set(REBUILD.FINISHED_AT, now())
                        .setNull(REBUILD.UNDER_WAY)
                        .setNull(REBUILD.OWNER)
                        .where(REBUILD.ID.eq(rebuild.id()))
                        .and(REBUILD.OWNER.eq(owner)));
        removeParts(rebuild);
        enterGeneration(rebuild.generation(), "RETIRED", Instant.EPOCH);
    }

    private void removeParts(Rebuild rebuild) {
        database.deleteFrom(LATE_INDEX)
                .where(LATE_INDEX.REBUILD.eq(rebuild.id()))
                .execute();
        database.deleteFrom(REBUILD_PART)
                .where(REBUILD_PART.REBUILD.eq(rebuild.id()))
                .execute();
    }

    /** Generations that are not used since a time. */
    List<Integer> retired(Duration since) {
        return database.select(GENERATION.NUMBER)
                .from(GENERATION)
                .where(GENERATION.STATE.eq("RETIRED"))
                .and(GENERATION.SINCE.lt(now().minus(since)))
                .and(notExists(selectOne().from(LIVE_GENERATION).where(LIVE_GENERATION.NUMBER.eq(GENERATION.NUMBER))))
                .orderBy(GENERATION.NUMBER)
                .fetch(GENERATION.NUMBER);
    }

    /** Notes that a generation has been dropped; its number is never used again. */
    void dropped(int generation) {
        enterGeneration(generation, "DROPPED", now());
    }

    private static void asOwner(Rebuild rebuild, String owner, Query update) {
        if (update.execute() != 1) {
            throw new AnotherOwner(rebuild.id() + " is no longer worked on by " + owner);
        }
    }

    private static void mustBeOne(int rows) {
        if (rows != 1) {
            throw new AnotherOwner("another node has gone on with the rebuild");
        }
    }

    /** Somebody else works on the rebuild now. */
    static final class AnotherOwner extends RuntimeException {
        private AnotherOwner(String message) {
            super(message);
        }
    }
}
