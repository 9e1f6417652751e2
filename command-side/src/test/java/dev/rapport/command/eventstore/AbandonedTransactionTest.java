package dev.rapport.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rapport.command.Await;
import dev.rapport.command.Database;
import dev.rapport.command.Node;
import dev.rapport.events.Provenance;
import dev.rapport.events.RelationshipEnded;
import dev.rapport.events.StreamName;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.vocabulary.RelationshipId;
import java.util.Map;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** A transaction that appends and never ends, such as one of a process that hangs. */
class AbandonedTransactionTest {

    @Test
    void holds_readers_up_no_longer_than_postgresql_lets_it() {
        try (Node node = Node.on(Database.POSTGRESQL, "rapport.events.longest-transaction=1s")) {
            RelationshipId abandoned = node.aRelationship();
            PlatformTransactionManager transactions = node.get(PlatformTransactionManager.class);
            TransactionStatus open = transactions.getTransaction(new TransactionTemplate());
            node.get(EventStorageEngine.class)
                    .appendEvents(new GenericDomainEventMessage<>(
                            "Relationship",
                            StreamName.of(abandoned).value(),
                            1,
                            new RelationshipEnded(abandoned, "no more business"),
                            MetaData.from(Map.of(Provenance.OCCURRED_AT, "2026-01-01T00:00:00Z"))));

            EventLog log = node.get(EventLog.class);
            long before = log.read(0, 100).getLast().position();
            Thread.ofPlatform().start(node::aRelationship); // not in this thread's transaction

            Await.until(
                    "readers get what came after it",
                    () -> log.read(before, 100).size() == 2);
            assertThatExceptionOfType(TransactionException.class).isThrownBy(() -> transactions.commit(open));
            assertThat(node.recorded(abandoned)).hasSize(1);
        }
    }
}
