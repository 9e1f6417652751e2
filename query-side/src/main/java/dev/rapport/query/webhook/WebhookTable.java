package dev.rapport.query.webhook;

import static dev.rapport.query.jooq.Tables.WEBHOOK;
import static dev.rapport.query.jooq.Tables.WEBHOOK_DEAD_LETTER;
import static org.jooq.impl.DSL.min;

import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.database.Json;
import dev.rapport.query.database.Keyset;
import dev.rapport.query.database.Keyset.Part;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.database.SearchText;
import dev.rapport.query.http.Listed;
import dev.rapport.query.http.PageRequest;
import dev.rapport.query.jooq.tables.records.WebhookDeadLetterRecord;
import dev.rapport.query.jooq.tables.records.WebhookRecord;
import dev.rapport.query.stream.EventFilter;
import dev.rapport.query.webhook.Webhook.State;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record2;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The webhooks and their dead letters, beside the read models. A webhook is held by one node at a time, for as long as its lease; what the
 * holder notes down counts only while it still holds it, so one that was thought dead changes nothing any more.
 */
@Component
class WebhookTable {

    private static final Keyset<Instant, String> BY_CREATION =
            Keyset.ascending(Part.instant(WEBHOOK.CREATED_AT), Part.id(WEBHOOK.ID));
    private static final Keyset<Long, Long> BY_POSITION =
            Keyset.ascending(Part.number(WEBHOOK_DEAD_LETTER.POSITION), Part.number(WEBHOOK_DEAD_LETTER.POSITION));

    private final DSLContext database;
    private final TransactionTemplate transaction;

    WebhookTable(@ReadDatabase DSLContext database, @ReadDatabase PlatformTransactionManager transactions) {
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** The holder's lease ran out, or somebody changed the webhook: it has to be taken anew. */
    static final class NotHeld extends RuntimeException {}

    /** By the database's clock, which all nodes share. */
    private Instant now() {
        return Objects.requireNonNull(
                database.select(DSL.currentInstant()).fetchSingle().value1());
    }

    // What operators do

    /** False when there is one with this id. */
    boolean add(Webhook webhook) {
        return database.insertInto(WEBHOOK)
                        .set(row(webhook))
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    int count() {
        return database.fetchCount(WEBHOOK);
    }

    Map<State, Integer> countByState() {
        return database.select(WEBHOOK.STATE, DSL.count())
                .from(WEBHOOK)
                .groupBy(WEBHOOK.STATE)
                .fetchMap(row -> State.valueOf(row.value1()), Record2::value2);
    }

    /** How far each of those is that deliver. */
    List<Long> positionsOfActive() {
        return database.select(WEBHOOK.POSITION)
                .from(WEBHOOK)
                .where(WEBHOOK.STATE.eq(State.ACTIVE.name()))
                .fetch(WEBHOOK.POSITION);
    }

    int countDeadLetters() {
        return database.fetchCount(WEBHOOK_DEAD_LETTER);
    }

    private static WebhookRecord row(Webhook webhook) {
        RelationshipId relationship = webhook.filter().relationshipId();
        var row = new WebhookRecord();
        row.setId(webhook.id());
        row.setUrl(webhook.url().toString());
        row.setEventTypes(Json.write(webhook.filter().types().stream().sorted().toArray(String[]::new)));
        row.setRelationshipId(relationship == null ? null : relationship.value());
        row.setSecret(webhook.secret().value());
        row.setState(webhook.state().name());
        row.setPosition(webhook.position());
        row.setAttempts(webhook.attempts());
        row.setCreatedAt(webhook.createdAt().truncatedTo(ChronoUnit.MICROS));
        row.setCreatedBy(SearchText.storable(webhook.createdBy(), 255));
        return row;
    }

    private static Webhook webhook(WebhookRecord row) {
        String relationship = row.getRelationshipId();
        String former = row.getFormerSecret();
        return new Webhook(
                row.getId(),
                URI.create(row.getUrl()),
                new EventFilter(
                        Set.of(Json.read(row.getEventTypes(), String[].class)),
                        relationship == null ? null : new RelationshipId(relationship)),
                new WebhookSecret(row.getSecret()),
                former == null ? null : new Webhook.FormerSecret(new WebhookSecret(former), row.getFormerSecretUntil()),
                State.valueOf(row.getState()),
                row.getPosition(),
                row.getAttempts(),
                row.getNextAttemptAt(),
                row.getLastError(),
                row.getLastErrorAt(),
                row.getLastDeliveredAt(),
                row.getCreatedAt(),
                row.getCreatedBy());
    }

    Optional<Webhook> find(String id) {
        return database.selectFrom(WEBHOOK).where(WEBHOOK.ID.eq(id)).fetchOptional(WebhookTable::webhook);
    }

    List<Listed<Webhook>> list(PageRequest page) {
        return database.selectFrom(WEBHOOK)
                .where(BY_CREATION.after(page))
                .orderBy(BY_CREATION.order())
                .limit(page.rowsToRead())
                .fetch(row -> BY_CREATION.listed(row, webhook(row)));
    }

    boolean delete(String id) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            database.deleteFrom(WEBHOOK_DEAD_LETTER)
                    .where(WEBHOOK_DEAD_LETTER.WEBHOOK_ID.eq(id))
                    .execute();
            return database.deleteFrom(WEBHOOK).where(WEBHOOK.ID.eq(id)).execute() == 1;
        }));
    }

    /** Whoever holds it lets go. */
    boolean pause(String id) {
        return database.update(WEBHOOK)
                        .set(WEBHOOK.STATE, State.PAUSED.name())
                        .setNull(WEBHOOK.HOLDER)
                        .where(WEBHOOK.ID.eq(id))
                        .execute()
                == 1;
    }

    /**
     * From where it stopped, or after another position; then dead letters after that are delivered in their turn. Whoever holds it lets go,
     * and begins anew.
     */
    boolean resume(String id, @Nullable Long after) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            if (after != null) {
                database.deleteFrom(WEBHOOK_DEAD_LETTER)
                        .where(WEBHOOK_DEAD_LETTER.WEBHOOK_ID.eq(id))
                        .and(WEBHOOK_DEAD_LETTER.POSITION.gt(after))
                        .execute();
            }
            return database.update(WEBHOOK)
                            .set(WEBHOOK.STATE, State.ACTIVE.name())
                            .set(WEBHOOK.POSITION, after == null ? WEBHOOK.POSITION : DSL.val(after))
                            .set(WEBHOOK.ATTEMPTS, 0)
                            .setNull(WEBHOOK.NEXT_ATTEMPT_AT)
                            .setNull(WEBHOOK.HOLDER)
                            .where(WEBHOOK.ID.eq(id))
                            .execute()
                    == 1;
        }));
    }

    boolean changeSecret(String id, WebhookSecret secret, Instant formerUntil) {
        return database.update(WEBHOOK)
                        .set(WEBHOOK.FORMER_SECRET, WEBHOOK.SECRET)
                        .set(WEBHOOK.FORMER_SECRET_UNTIL, formerUntil.truncatedTo(ChronoUnit.MICROS))
                        .set(WEBHOOK.SECRET, secret.value())
                        .setNull(WEBHOOK.HOLDER)
                        .where(WEBHOOK.ID.eq(id))
                        .execute()
                == 1;
    }

    // What the node does that delivers

    /** Those that nobody delivers at the moment. */
    List<String> free() {
        return database.select(WEBHOOK.ID)
                .from(WEBHOOK)
                .where(WEBHOOK.STATE.eq(State.ACTIVE.name()))
                .and(isFree(now()))
                .orderBy(WEBHOOK.ID)
                .fetch(WEBHOOK.ID);
    }

    private static Condition isFree(Instant now) {
        return WEBHOOK.HOLDER.isNull().or(WEBHOOK.HELD_UNTIL.lt(now));
    }

    /** The webhook, held from now on for as long as a lease; nothing when somebody else was quicker. */
    Optional<Webhook> take(String id, String holder, Duration lease) {
        Instant now = now();
        int taken = database.update(WEBHOOK)
                .set(WEBHOOK.HOLDER, holder)
                .set(WEBHOOK.HELD_UNTIL, now.plus(lease))
                .where(WEBHOOK.ID.eq(id))
                .and(WEBHOOK.STATE.eq(State.ACTIVE.name()))
                .and(isFree(now))
                .execute();
        return taken == 1 ? find(id) : Optional.empty();
    }

    /** Holds it for another lease. */
    void renew(String id, String holder, Duration lease) {
        noteDown(database.update(WEBHOOK)
                .set(WEBHOOK.HELD_UNTIL, now().plus(lease))
                .where(isHeld(id, holder))
                .execute());
    }

    void letGo(String id, String holder) {
        database.update(WEBHOOK)
                .setNull(WEBHOOK.HOLDER)
                .where(WEBHOOK.ID.eq(id))
                .and(WEBHOOK.HOLDER.eq(holder))
                .execute();
    }

    private static Condition isHeld(String id, String holder) {
        return WEBHOOK.ID.eq(id).and(WEBHOOK.HOLDER.eq(holder)).and(WEBHOOK.STATE.eq(State.ACTIVE.name()));
    }

    private static void noteDown(int rows) {
        if (rows != 1) {
            throw new NotHeld();
        }
    }

    /** Everything up to a position was looked at; with the last event that was delivered, if one was. */
    void advance(String id, String holder, long position, @Nullable Instant deliveredAt) {
        noteDown(database.update(WEBHOOK)
                .set(WEBHOOK.POSITION, position)
                .set(WEBHOOK.ATTEMPTS, 0)
                .setNull(WEBHOOK.NEXT_ATTEMPT_AT)
                .set(
                        WEBHOOK.LAST_DELIVERED_AT,
                        deliveredAt == null
                                ? WEBHOOK.LAST_DELIVERED_AT
                                : DSL.val(deliveredAt.truncatedTo(ChronoUnit.MICROS), WEBHOOK.LAST_DELIVERED_AT))
                .where(isHeld(id, holder))
                .execute());
    }

    /** The next event was not taken. */
    void failed(String id, String holder, int attempts, Instant nextAttemptAt, String error) {
        noteDown(database.update(WEBHOOK)
                .set(WEBHOOK.ATTEMPTS, attempts)
                .set(WEBHOOK.NEXT_ATTEMPT_AT, nextAttemptAt.truncatedTo(ChronoUnit.MICROS))
                .set(WEBHOOK.LAST_ERROR, error)
                .set(WEBHOOK.LAST_ERROR_AT, DSL.currentInstant())
                .where(isHeld(id, holder))
                .execute());
    }

    void suspend(String id, String holder, String error) {
        noteDown(database.update(WEBHOOK)
                .set(WEBHOOK.STATE, State.SUSPENDED.name())
                .set(WEBHOOK.ATTEMPTS, 0)
                .setNull(WEBHOOK.NEXT_ATTEMPT_AT)
                .set(WEBHOOK.LAST_ERROR, error)
                .set(WEBHOOK.LAST_ERROR_AT, DSL.currentInstant())
                .where(isHeld(id, holder))
                .execute());
    }

    /** The event at the letter's position is not delivered for now, and what comes after it is no longer held up. */
    void bury(DeadLetter letter, String holder) {
        transaction.executeWithoutResult(_ -> {
            advance(letter.webhookId(), holder, letter.position(), null);
            var row = new WebhookDeadLetterRecord();
            row.setWebhookId(letter.webhookId());
            row.setPosition(letter.position());
            row.setEventId(letter.eventId());
            row.setEventType(letter.eventType());
            row.setStream(letter.stream());
            row.setAttempts(letter.attempts());
            row.setLastError(letter.lastError());
            row.setDiedAt(letter.diedAt().truncatedTo(ChronoUnit.MICROS));
            // what it was to wait for may have left just now
            row.setDue(letter.lastError() == null && !hasDeadLetters(letter.webhookId(), letter.stream()));
            database.insertInto(WEBHOOK_DEAD_LETTER)
                    .set(row)
                    .onConflictDoNothing()
                    .execute();
            if (letter.lastError() != null) {
                database.update(WEBHOOK)
                        .set(WEBHOOK.LAST_ERROR, letter.lastError())
                        .set(WEBHOOK.LAST_ERROR_AT, DSL.currentInstant())
                        .where(WEBHOOK.ID.eq(letter.webhookId()))
                        .execute();
            }
        });
    }

    /** How many events in a row the receiver would not take, with nothing delivered between. */
    int deadSinceTheLastDelivery(String id) {
        Instant delivered = find(id).map(Webhook::lastDeliveredAt).orElse(null);
        return database.fetchCount(
                WEBHOOK_DEAD_LETTER,
                WEBHOOK_DEAD_LETTER
                        .WEBHOOK_ID
                        .eq(id)
                        .and(WEBHOOK_DEAD_LETTER.LAST_ERROR.isNotNull())
                        .and(delivered == null ? DSL.noCondition() : WEBHOOK_DEAD_LETTER.DIED_AT.gt(delivered)));
    }

    // Dead letters

    private static DeadLetter letter(WebhookDeadLetterRecord row) {
        return new DeadLetter(
                row.getWebhookId(),
                row.getPosition(),
                row.getEventId(),
                row.getEventType(),
                row.getStream(),
                row.getAttempts(),
                row.getLastError(),
                row.getDiedAt(),
                row.getDue());
    }

    private static Condition isOf(String webhook, String stream) {
        return WEBHOOK_DEAD_LETTER.WEBHOOK_ID.eq(webhook).and(WEBHOOK_DEAD_LETTER.STREAM.eq(stream));
    }

    private static Condition is(DeadLetter letter) {
        return WEBHOOK_DEAD_LETTER
                .WEBHOOK_ID
                .eq(letter.webhookId())
                .and(WEBHOOK_DEAD_LETTER.POSITION.eq(letter.position()));
    }

    int deadLetters(String webhook) {
        return database.fetchCount(WEBHOOK_DEAD_LETTER, WEBHOOK_DEAD_LETTER.WEBHOOK_ID.eq(webhook));
    }

    List<Listed<DeadLetter>> listDeadLetters(String webhook, PageRequest page) {
        return database.selectFrom(WEBHOOK_DEAD_LETTER)
                .where(WEBHOOK_DEAD_LETTER.WEBHOOK_ID.eq(webhook))
                .and(BY_POSITION.after(page))
                .orderBy(BY_POSITION.order())
                .limit(page.rowsToRead())
                .fetch(row -> BY_POSITION.listed(row, letter(row)));
    }

    Optional<DeadLetter> deadLetter(String webhook, long position) {
        return database.selectFrom(WEBHOOK_DEAD_LETTER)
                .where(WEBHOOK_DEAD_LETTER.WEBHOOK_ID.eq(webhook))
                .and(WEBHOOK_DEAD_LETTER.POSITION.eq(position))
                .fetchOptional(WebhookTable::letter);
    }

    /** The streams that have dead letters: their events wait behind them. */
    boolean hasDeadLetters(String webhook, String stream) {
        return database.fetchExists(WEBHOOK_DEAD_LETTER, isOf(webhook, stream));
    }

    /** The first one of a stream, which those after it wait for. */
    Optional<Long> firstOf(String webhook, String stream) {
        return database.select(min(WEBHOOK_DEAD_LETTER.POSITION))
                .from(WEBHOOK_DEAD_LETTER)
                .where(isOf(webhook, stream))
                .fetchOptional(0, Long.class);
    }

    /** The first that an operator wants to be tried again. */
    Optional<DeadLetter> firstDue(String webhook) {
        return database.selectFrom(WEBHOOK_DEAD_LETTER)
                .where(WEBHOOK_DEAD_LETTER.WEBHOOK_ID.eq(webhook))
                .and(WEBHOOK_DEAD_LETTER.DUE.isTrue())
                .orderBy(WEBHOOK_DEAD_LETTER.POSITION)
                .limit(1)
                .fetchOptional(WebhookTable::letter);
    }

    void makeDue(DeadLetter letter) {
        database.update(WEBHOOK_DEAD_LETTER)
                .set(WEBHOOK_DEAD_LETTER.DUE, true)
                .where(is(letter))
                .execute();
    }

    void failedAgain(DeadLetter letter, String error) {
        database.update(WEBHOOK_DEAD_LETTER)
                .set(WEBHOOK_DEAD_LETTER.DUE, false)
                .set(WEBHOOK_DEAD_LETTER.ATTEMPTS, WEBHOOK_DEAD_LETTER.ATTEMPTS.plus(1))
                .set(WEBHOOK_DEAD_LETTER.LAST_ERROR, error)
                .where(is(letter))
                .execute();
    }

    /** It was delivered at last, or is given up for good; the one that waited behind it is next. */
    void remove(DeadLetter letter) {
        transaction.executeWithoutResult(_ -> {
            database.deleteFrom(WEBHOOK_DEAD_LETTER).where(is(letter)).execute();
            firstOf(letter.webhookId(), letter.stream())
                    .flatMap(next -> deadLetter(letter.webhookId(), next))
                    .ifPresent(this::makeDue);
        });
    }
}
