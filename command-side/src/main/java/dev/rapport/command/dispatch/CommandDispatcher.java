package dev.rapport.command.dispatch;

import dev.rapport.command.Circumstances;
import dev.rapport.command.DomainCommand;
import dev.rapport.command.Refusal;
import dev.rapport.command.Refusal.Reason;
import dev.rapport.command.dispatch.Answer.Given;
import dev.rapport.command.dispatch.Answer.Refused;
import dev.rapport.events.storage.EventLogEngine;
import java.util.List;
import java.util.Optional;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings a command to its aggregate and answers with what became of it. A request with a key takes effect once: repeated, it is answered
 * as the first time; sent twice at once, the second waits for the first.
 */
public final class CommandDispatcher {

    private static final int ATTEMPTS = 50;

    /** After which a command insists: a node that remembers the relationship is always faster than one that has to load it. */
    private static final int ATTEMPTS_IN_A_RACE = 3;

    private final CommandGateway gateway;
    private final ReceiptTable receipts;
    private final RequestsInFlight inFlight;
    private final TransactionTemplate transaction;
    private final CommandMetrics metrics;
    private final CommandTraces traces;

    CommandDispatcher(
            CommandGateway gateway,
            ReceiptTable receipts,
            RequestsInFlight inFlight,
            TransactionTemplate transaction,
            CommandMetrics metrics,
            CommandTraces traces) {
        this.gateway = gateway;
        this.receipts = receipts;
        this.inFlight = inFlight;
        this.transaction = transaction;
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
                GenericCommandMessage<DomainCommand> message =
                        message(command, circumstances, key, attempt > ATTEMPTS_IN_A_RACE);
                return traces.of(message, () -> gateway.sendAndWait(message));
            } catch (Refusal refusal) {
                // the first may rest on what this node had in its cache, which a refusal empties; the second rests on
                // the log
                if (attempt > 1) {
                    return Given.now(Refused.of(refusal));
                }
            } catch (AggregateNotFoundException notThere) {
                return Given.now(new Refused(
                        Reason.NOT_FOUND, "there is no " + command.stream().inWords(), List.of()));
            } catch (ConcurrencyException
                    | AggregateStreamCreationException
                    | ConcurrencyFailureException
                    | DuplicateKeyException fasterWriter) {
                // decided anew on a fresh load, where a version that the caller expected is found to be past
                if (attempt == ATTEMPTS) {
                    throw fasterWriter;
                }
                metrics.retried(command);
            }
        }
    }

    private static GenericCommandMessage<DomainCommand> message(
            DomainCommand command, Circumstances circumstances, @Nullable ReceiptKey key, boolean insists) {
        MetaData metaData = MetaData.with(Circumstances.METADATA, circumstances);
        if (insists) {
            metaData = metaData.and(EventLogEngine.INSISTS, command.stream().value());
        }
        return new GenericCommandMessage<>(
                command, key == null ? metaData : metaData.and(ReceiptInterceptor.RECEIPT, key));
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
            transaction.executeWithoutResult(_ -> receipts.keep(key, refused, circumstances.receivedAt()));
            return Given.now(refused);
        } catch (DuplicateKeyException anotherNodeWasFaster) {
            Optional<Answer> first = receipts.find(key);
            return first.map(Given::before).orElseThrow(() -> anotherNodeWasFaster);
        }
    }
}
