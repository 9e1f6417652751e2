package dev.rapport.command.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rapport.command.Database;
import dev.rapport.command.Node;
import dev.rapport.events.Provenance;
import dev.rapport.events.RelationshipEnded;
import dev.rapport.events.StreamName;
import dev.rapport.events.vocabulary.RelationshipId;
import java.util.Map;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.dbscheduler.DbSchedulerDeadlineManager;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.transaction.support.TransactionTemplate;

/** What Axon would get wrong by itself, without saying so. */
@ParameterizedClass
@EnumSource(Database.class)
@ExtendWith(Node.Sharing.class)
class WiringTest {

    private final Node node;

    WiringTest(Database database) {
        node = Node.shared(database);
    }

    @Nested
    class Axon {

        private <T> T component(Class<T> type) {
            return node.get(Configuration.class).getComponent(type);
        }

        @Test
        void has_a_transaction_manager_that_manages_transactions() {
            assertThat(component(TransactionManager.class)).isInstanceOf(SpringTransactionManager.class);
            assertThat(node.get(TransactionManager.class)).isInstanceOf(SpringTransactionManager.class);
        }

        @Test
        void appends_to_the_event_log() {
            assertThat(component(EventStorageEngine.class))
                    .extracting(Object::getClass)
                    .hasToString("class dev.rapport.command.eventstore.GroupedAppends");
        }

        @Test
        void keeps_deadlines_in_the_database() {
            assertThat(component(DeadlineManager.class)).isInstanceOf(DbSchedulerDeadlineManager.class);
        }
    }

    @Nested
    class The_second_event_of_a_version {

        private void append(RelationshipId relationship, long sequenceNumber) {
            var event = new GenericDomainEventMessage<>(
                    "Relationship",
                    StreamName.of(relationship).value(),
                    sequenceNumber,
                    new RelationshipEnded(relationship, "no more business"),
                    MetaData.from(Map.of(Provenance.OCCURRED_AT, "2026-01-01T00:00:00Z")));
            node.get(TransactionTemplate.class)
                    .executeWithoutResult(
                            _ -> node.get(EventStorageEngine.class).appendEvents(event));
        }

        @Test
        void is_known_for_what_it_is() {
            RelationshipId relationship = node.aRelationship();
            append(relationship, 1);
            assertThatExceptionOfType(ConcurrencyException.class).isThrownBy(() -> append(relationship, 1));
        }

        @Test
        void is_known_for_what_it_is_when_it_is_the_first() {
            RelationshipId relationship = node.aRelationship();
            assertThatExceptionOfType(AggregateStreamCreationException.class).isThrownBy(() -> append(relationship, 0));
        }
    }
}
