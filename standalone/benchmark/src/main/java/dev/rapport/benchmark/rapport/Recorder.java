package dev.rapport.benchmark.rapport;

import dev.rapport.benchmark.subject.Past;
import dev.rapport.benchmark.subject.Step;
import dev.rapport.events.DomainEvent;
import dev.rapport.events.Provenance;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts events into the log without anybody having decided on them, in the form that the log gives them itself: many in a transaction. */
final class Recorder {

    private static final int AT_A_TIME = 1_000;

    /** Over how long what happened is spread. */
    private static final long DAYS = 1_800;

    private static final long DAYS_BETWEEN = 60;

    private final EventStorageEngine engine;
    private final TransactionTemplate transaction;
    private final Instant beginning =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(DAYS));

    Recorder(ApplicationContext rapport) {
        this.engine = rapport.getBean(EventStorageEngine.class);
        this.transaction = rapport.getBean("eventsTransaction", TransactionTemplate.class);
    }

    /** Records a past, a relationship and its stakeholder in a transaction. */
    void record(Past past) throws Exception {
        past.fill(relationship -> {
            List<DomainEventMessage<?>> messages = new ArrayList<>();
            messages.add(message("Stakeholder", Told.stakeholder(relationship), 0));
            for (Step step : past.of(relationship)) {
                messages.add(message("Relationship", Told.asEvent(step), step.number()));
            }
            transaction.executeWithoutResult(_ -> engine.appendEvents(messages));
        });
    }

    /** Records one relationship with so many events, beside those that there are. */
    void deepen(int relationship, int events) {
        List<DomainEventMessage<?>> messages = new ArrayList<>();
        messages.add(message("Stakeholder", Told.stakeholder(relationship), 0));
        for (int number = 0; number < events; number++) {
            messages.add(message("Relationship", Told.asEvent(Step.of(relationship, number)), number));
            if (messages.size() >= AT_A_TIME || number == events - 1) {
                transaction.executeWithoutResult(_ -> engine.appendEvents(messages));
                messages.clear();
            }
        }
    }

    private DomainEventMessage<DomainEvent> message(String type, DomainEvent event, long number) {
        String cause = UUID.randomUUID().toString();
        return new GenericDomainEventMessage<>(
                type,
                event.stream().value(),
                number,
                event,
                MetaData.from(Map.of(
                        Provenance.SUBJECT,
                        "head",
                        Provenance.ROLE,
                        "HEAD_OF_RELATIONSHIPS",
                        Provenance.OCCURRED_AT,
                        beginning
                                .plus(Duration.ofDays(number * DAYS_BETWEEN % DAYS))
                                .toString(),
                        Provenance.CORRELATION_ID,
                        cause,
                        Provenance.CAUSATION_ID,
                        cause)));
    }
}
