package dev.rapport.command.dispatch;

import dev.rapport.command.Circumstances;
import dev.rapport.command.DomainCommand;
import dev.rapport.command.Refusal;
import dev.rapport.command.Refusal.Reason;
import dev.rapport.command.dispatch.Answer.Accepted;
import dev.rapport.command.dispatch.Answer.Given;
import dev.rapport.command.dispatch.Answer.Refused;
import dev.rapport.command.dispatch.CommandDispatcher.Outcome.Decided;
import dev.rapport.command.dispatch.CommandDispatcher.Outcome.Failed;
import dev.rapport.command.eventstore.GroupCommit;
import dev.rapport.events.storage.DatabaseAway;
import dev.rapport.events.storage.EventLogEngine;
import dev.rapport.events.storage.UnknownEventException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;

/**
 * Brings a command to its aggregate and answers with what became of it. A request with a key takes effect once: repeated, it is answered
 * as the first time; sent twice at once, the second waits for the first.
 */
public final class CommandDispatcher {

    private static final Logger log = LoggerFactory.getLogger(CommandDispatcher.class);

    private static final int ATTEMPTS = 50;

    /** After which a command insists: a node that remembers the relationship is always faster than one that has to load it. */
    private static final int ATTEMPTS_IN_A_RACE = 3;

    private final CommandGateway gateway;
    private final ReceiptTable receipts;
    private final RequestsInFlight inFlight;
    private final GroupCommit commits;
    private final CommandMetrics metrics;
    private final CommandTraces traces;

    CommandDispatcher(
            CommandGateway gateway,
            ReceiptTable receipts,
            RequestsInFlight inFlight,
            GroupCommit commits,
            CommandMetrics metrics,
            CommandTraces traces) {
        this.gateway = gateway;
        this.receipts = receipts;
        this.inFlight = inFlight;
        this.commits = commits;
        this.metrics = metrics;
        this.traces = traces;
    }

    /**
     * Has a command decided, unless its key tells that it was before.
     *
     * @param key makes the request repeatable; null when the caller sent none
     * @return what became of the command, refused or not, and whether it was answered before
     */
    public Given dispatch(DomainCommand command, Circumstances circumstances, @Nullable ReceiptKey key) {
        return metrics.of(
                command,
                () -> key == null ? decide(command, circumstances, null) : decideOnce(command, circumstances, key));
    }

    private Given decideOnce(DomainCommand command, Circumstances circumstances, ReceiptKey key) {
        try (RequestsInFlight.Turn turn = inFlight.enter(key.identity())) {
            if (!turn.taken()) {
                return Given.now(new Refused(
                        Reason.KEY_IN_FLIGHT, "the first request with this key is still under way", List.of()));
            }
            Given given = decide(command, circumstances, key);
            return given.answer() instanceof Refused refused && !given.replayed() && isToBeKept(refused, key)
                    ? keepRefusal(refused, circumstances, key)
                    : given;
        }
    }

    private Given decide(DomainCommand command, Circumstances circumstances, @Nullable ReceiptKey key) {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt > ATTEMPTS_IN_A_RACE
                        ? insist(command, circumstances, key)
                        : send(message(command, circumstances, key, attempt > 1));
            } catch (Refusal refusal) {
                // the first may rest on what this node had in its cache, which a refusal empties, and has not looked
                // for
                // a receipt; the second rests on the log
                if (attempt > 1) {
                    return Given.now(Refused.of(refusal));
                }
            } catch (AggregateNotFoundException notThere) {
                if (attempt > 1 || key == null) {
                    return Given.now(notFound(command));
                }
            } catch (RuntimeException failure) {
                if (!isLostRace(failure) || attempt == ATTEMPTS) {
                    throw failure;
                }
                // decided anew on a fresh load, where a version that the caller expected is found to be past
                metrics.retried(command);
            }
        }
    }

    private static Refused notFound(DomainCommand command) {
        return new Refused(Reason.NOT_FOUND, "there is no " + command.stream().inWords(), List.of());
    }

    private Given send(CommandMessage<DomainCommand> message) {
        return traces.of(message, () -> gateway.sendAndWait(message));
    }

    /** Decides while nobody else may append to the stream, in a transaction of its own. */
    private Given insist(DomainCommand command, Circumstances circumstances, @Nullable ReceiptKey key) {
        String stream = command.stream().value();
        CommandMessage<DomainCommand> message =
                message(command, circumstances, key, true).andMetaData(MetaData.with(EventLogEngine.INSISTS, stream));
        return commits.together(new TreeSet<>(Set.of(stream)), () -> send(message));
    }

    private static CommandMessage<DomainCommand> message(
            DomainCommand command, Circumstances circumstances, @Nullable ReceiptKey key, boolean looksFirst) {
        MetaData metaData = MetaData.with(Circumstances.METADATA, circumstances);
        if (key != null) {
            metaData = metaData.and(ReceiptInterceptor.RECEIPT, key);
        }
        if (looksFirst) {
            metaData = metaData.and(ReceiptInterceptor.LOOKS_FIRST, true);
        }
        return new GenericCommandMessage<>(command, metaData);
    }

    /** A command to be decided with others. */
    public record Order(DomainCommand command, Circumstances circumstances, ReceiptKey key) {}

    /** What became of one of them: an answer, or the failure that kept it from getting one. */
    public sealed interface Outcome {

        record Decided(Given given) implements Outcome {}

        record Failed(RuntimeException failure) implements Outcome {}
    }

    /**
     * Has commands decided one after the other, each knowing what those before it did, as {@link #dispatch} would; but commits them together.
     * When that fails, be it that somebody else was faster in one of them, each is committed by itself, and fails by itself: their keys see to it
     * that none takes effect twice.
     *
     * @return what became of each, in their order
     */
    public List<Outcome> dispatchTogether(List<Order> orders) {
        try {
            return decideTogether(orders);
        } catch (RuntimeException notTogether) {
            if (isLostRace(notTogether) || UnknownEventException.in(notTogether).isPresent()) {
                log.debug("{} commands could not be committed together", orders.size(), notTogether);
            } else if (DatabaseAway.caused(notTogether)) {
                // to ask it for one after the other would only be to wait for it again
                return orders.stream()
                        .<Outcome>map(_ -> new Failed(notTogether))
                        .toList();
            } else {
                log.warn("{} commands could not be committed together", orders.size(), notTogether);
            }
            return orders.stream().map(this::decideAlone).toList();
        }
    }

    private static boolean isLostRace(RuntimeException failure) {
        return failure instanceof ConcurrencyException
                || failure instanceof AggregateStreamCreationException
                || failure instanceof ConcurrencyFailureException
                || failure instanceof DuplicateKeyException;
    }

    private Outcome decideAlone(Order order) {
        try {
            return new Decided(dispatch(order.command, order.circumstances, order.key));
        } catch (RuntimeException failure) {
            return new Failed(failure);
        }
    }

    private List<Outcome> decideTogether(List<Order> orders) {
        Map<ReceiptKey, Answer> answered = new HashMap<>(
                receipts.findImported(orders.stream().map(Order::key).toList()));
        List<Order> open = orders.stream()
                .filter(order -> !answered.containsKey(order.key))
                .toList();
        TreeSet<String> streams = open.stream()
                .map(order -> order.command.stream().value())
                .collect(Collectors.toCollection(TreeSet::new));
        long began = System.nanoTime();
        List<Given> given = commits.together(
                streams,
                () -> orders.stream()
                        .map(order -> decideWithOthers(order, answered))
                        .toList());
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        for (int i = 0; i < orders.size(); i++) {
            metrics.answered(orders.get(i).command, given.get(i), took);
        }
        return given.stream().<Outcome>map(Decided::new).toList();
    }

    private Given decideWithOthers(Order order, Map<ReceiptKey, Answer> answered) {
        Answer before = answered.get(order.key);
        if (before != null) {
            return Given.before(before);
        }
        Given given = decideWithOthers(order, 1);
        if (given.answer() instanceof Accepted accepted) {
            answered.put(order.key, accepted);
        }
        return given;
    }

    private Given decideWithOthers(Order order, int attempt) {
        try {
            return send(message(order.command, order.circumstances, order.key, attempt > 1));
        } catch (Refusal refusal) {
            // by now, while this waited for its turn, somebody else may have had the same line decided
            return attempt > 1 ? Given.now(Refused.of(refusal)) : decideWithOthers(order, attempt + 1);
        } catch (AggregateNotFoundException notThere) {
            return attempt > 1 ? Given.now(notFound(order.command)) : decideWithOthers(order, attempt + 1);
        }
    }

    /** A stale version is the caller's to refresh and send again; everything else was decided, and stays so. */
    private static boolean isToBeKept(Refused refused, ReceiptKey key) {
        return key.keepsRefusals()
                && switch (refused.reason()) {
                    case STALE_VERSION, KEY_REUSED, KEY_IN_FLIGHT, NOT_ALLOWED -> false;
                    case NOT_FOUND,
                            ID_TAKEN,
                            STAKEHOLDER_HAS_RELATIONSHIP,
                            ENDED_ALREADY,
                            RELATIONSHIP_ENDED,
                            NOT_NOW,
                            AGAINST_A_RULE,
                            CRITERIA_UNMET -> true;
                };
    }

    private Given keepRefusal(Refused refused, Circumstances circumstances, ReceiptKey key) {
        try {
            receipts.keep(key, refused, circumstances.receivedAt());
            return Given.now(refused);
        } catch (DuplicateKeyException anotherNodeWasFaster) {
            Optional<Answer> first = receipts.find(key);
            return first.map(Given::before).orElseThrow(() -> anotherNodeWasFaster);
        }
    }
}
