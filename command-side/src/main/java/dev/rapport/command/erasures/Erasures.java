package dev.rapport.command.erasures;

import com.fasterxml.uuid.Generators;
import dev.rapport.command.Refusal;
import dev.rapport.command.Refusal.Reason;
import dev.rapport.events.DomainEvent;
import dev.rapport.events.PersonalDataErased;
import dev.rapport.events.Provenance;
import dev.rapport.events.StakeholderErased;
import dev.rapport.events.StreamName;
import dev.rapport.events.access.Role;
import dev.rapport.events.storage.Erasable;
import dev.rapport.events.storage.Eraser;
import dev.rapport.events.storage.Eraser.Destroyed;
import dev.rapport.events.storage.ErasureOrder;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.ConcurrencyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has people forgotten: destroys the keys of what names them, keeps a record of it, and tells each stream concerned by an event, all in one
 * transaction. Whoever reads the log learns of it there, and forgets likewise.
 */
public final class Erasures {

    private static final Logger log = LoggerFactory.getLogger(Erasures.class);

    /** In which the events tell of it; commands know no such role. */
    private static final String ROLE = Role.OPERATOR.name();

    private static final int ATTEMPTS = 50;

    private final Eraser eraser;
    private final ErasureTable table;
    private final EventLog events;
    private final EventStorageEngine store;
    private final Cache aggregates;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Erasures(
            Eraser eraser,
            ErasureTable table,
            EventLog events,
            EventStorageEngine store,
            Cache aggregates,
            TransactionTemplate transaction,
            Clock clock) {
        this.eraser = eraser;
        this.table = table;
        this.events = events;
        this.store = store;
        this.aggregates = aggregates;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Erases what is asked for.
     *
     * @throws Refusal when it names something that is not there, nothing at all, or the person in its reason
     */
    public Erasure erase(ErasePersonalData asked, String operator) {
        if (asked.namesNothing()) {
            throw new Refusal(
                    Reason.AGAINST_A_RULE, "an erasure names a person, or entries, events or stakeholders at least");
        }
        ErasureOrder order = asked.order();
        if (order.isNamedBy(asked.reason())) {
            throw new Refusal(
                    Reason.AGAINST_A_RULE, "the reason is kept, so it must not name the person who is to be forgotten");
        }
        Erasable found = eraser.find(order);
        if (!found.unknown().isEmpty()) {
            throw new Refusal(Reason.NOT_FOUND, "there is no " + String.join(", and no ", found.unknown()));
        }
        Request request = new Request(
                Generators.timeBasedEpochGenerator().generate().toString(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                operator,
                asked.reason());
        Taken taken = destroy(found, request, Taken.NOTHING);
        Erasable late = eraser.findSince(found, order);
        if (!late.isEmpty()) {
            taken = destroy(late, request, taken);
        }
        Erasure erasure = request.taking(taken);
        log.info(
                "Erasure {} by {}: {} names and {} texts in {} relationships, of {} stakeholders",
                erasure.id(),
                erasure.erasedBy().replaceAll("\\p{Cntrl}", "?"),
                erasure.names(),
                erasure.texts(),
                erasure.relationships(),
                erasure.stakeholders());
        return erasure;
    }

    /** An erasure and its place in the list of all. */
    public record Listed(long number, Erasure erasure) {}

    /** The erasure of this id. */
    public Optional<Erasure> find(String id) {
        return table.find(id);
    }

    /** The newest erasures, of those before a number of the list. */
    public List<Listed> list(long before, int most) {
        return table.list(before, most);
    }

    /** What an erasure took so far. */
    private record Taken(Set<StreamName> streams, int names, int texts, int inClear) {

        static final Taken NOTHING = new Taken(Set.of(), 0, 0, 0);

        Taken and(Map<StreamName, Destroyed> destroyed, int moreInClear) {
            Set<StreamName> all = new HashSet<>(streams);
            all.addAll(destroyed.keySet());
            return new Taken(
                    all,
                    names
                            + destroyed.values().stream()
                                    .mapToInt(Destroyed::names)
                                    .sum(),
                    texts
                            + destroyed.values().stream()
                                    .mapToInt(Destroyed::texts)
                                    .sum(),
                    inClear + moreInClear);
        }
    }

    private record Request(String id, Instant at, String operator, String reason) {

        Erasure taking(Taken taken) {
            int stakeholders = (int)
                    taken.streams.stream().filter(StreamName::isOfStakeholder).count();
            return new Erasure(
                    id,
                    at,
                    operator,
                    reason,
                    taken.names,
                    taken.texts,
                    taken.streams.size() - stakeholders,
                    stakeholders,
                    taken.inClear);
        }
    }

    private Taken destroy(Erasable found, Request request, Taken before) {
        Taken after = onTheNewestVersions(found, request, before);
        events.forgetOpened();
        events.wake();
        found.streams().keySet().forEach(stream -> aggregates.remove(stream.value()));
        return after;
    }

    /** Commands may come in between; then the events have to follow on theirs. */
    private Taken onTheNewestVersions(Erasable found, Request request, Taken before) {
        for (int attempt = 1; ; attempt++) {
            try {
                return Objects.requireNonNull(transaction.execute(_ -> destroyInTransaction(found, request, before)));
            } catch (ConcurrencyException | ConcurrencyFailureException | DuplicateKeyException fasterWriter) {
                if (attempt == ATTEMPTS) {
                    throw fasterWriter;
                }
            }
        }
    }

    private Taken destroyInTransaction(Erasable found, Request request, Taken before) {
        Map<StreamName, Destroyed> destroyed = eraser.destroy(found);
        if (!destroyed.isEmpty()) {
            store.appendEvents(destroyed.keySet().stream()
                    .map(stream -> told(stream, found, request))
                    .toList());
        }
        Taken after = before.and(destroyed, found.inClear());
        table.keep(request.taking(after));
        return after;
    }

    private DomainEventMessage<DomainEvent> told(StreamName stream, Erasable found, Request request) {
        DomainEvent event = stream.isOfStakeholder()
                ? new StakeholderErased(new StakeholderId(stream.id()), request.id)
                : new PersonalDataErased(
                        new RelationshipId(stream.id()),
                        request.id,
                        List.copyOf(Objects.requireNonNull(found.streams().get(stream))
                                .entries()));
        return new GenericDomainEventMessage<>(
                stream.isOfStakeholder() ? "Stakeholder" : "Relationship",
                stream.value(),
                store.lastSequenceNumberFor(stream.value()).orElseThrow() + 1,
                event,
                MetaData.from(Map.of(
                        Provenance.SUBJECT,
                        request.operator,
                        Provenance.ROLE,
                        ROLE,
                        Provenance.OCCURRED_AT,
                        request.at.toString(),
                        Provenance.CORRELATION_ID,
                        request.id,
                        Provenance.CAUSATION_ID,
                        request.id)));
    }
}
