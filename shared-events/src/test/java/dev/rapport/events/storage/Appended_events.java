package dev.rapport.events.storage;

import static dev.rapport.events.storage.TestLog.anEvent;
import static dev.rapport.events.storage.TestLog.message;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rapport.events.InteractionLogged;
import dev.rapport.events.MeasurementRecorded;
import dev.rapport.events.Provenance;
import dev.rapport.events.StakeholderRegistered;
import dev.rapport.events.StreamName;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.events.vocabulary.StakeholderKind;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class Appended_events {

    private static final String STREAM = "relationship/R-1";

    @Parameter
    Database database;

    private TestLog test;
    private Writer writer;

    @BeforeEach
    void open() {
        test = new TestLog(database);
        writer = test.writer();
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void are_loaded_as_they_were_appended_but_for_texts_that_nobody_decides_by() {
        var measurement = new MeasurementRecorded(
                new RelationshipId("R-1"),
                new EntryId("M-1"),
                new EntryId("N-1"),
                new BigDecimal("99.950"),
                LocalDate.of(2026, 11, 1),
                true);
        var first = anEvent("R-1", 0);
        var second = message(measurement, 1);
        writer.append(first, second);
        writer.commit();

        var loaded = writer.load(STREAM);

        assertThat(loaded)
                .extracting(event -> (Object) event.getPayload())
                .containsExactly(
                        new InteractionLogged(
                                new RelationshipId("R-1"),
                                new EntryId("I-0"),
                                Channel.CALL,
                                "[closed]",
                                List.of("[closed]", "[closed]"),
                                null),
                        measurement);
        assertThat(loaded).extracting(DomainEventMessage::getSequenceNumber).containsExactly(0L, 1L);
        assertThat(loaded)
                .extracting(DomainEventMessage::getIdentifier)
                .containsExactly(first.getIdentifier(), second.getIdentifier());
        assertThat(loaded).allSatisfy(event -> {
            assertThat(event.getMetaData()).isEqualTo(first.getMetaData());
            assertThat(event.getType()).isEqualTo("Relationship");
            assertThat(event.getAggregateIdentifier()).isEqualTo(STREAM);
        });
        assertThat(writer.lastSequenceNumberOf(STREAM)).contains(1L);
        assertThat(writer.lastSequenceNumberOf("relationship/R-2")).isEmpty();
        assertThat(writer.load("relationship/R-2")).isEmpty();
    }

    @Test
    void are_stored_under_logical_names_as_readable_json() {
        var event = anEvent("R-1", 0);
        test.append(event);

        var stored = test.log.read(0, 10).getFirst();

        assertThat(stored.position()).isEqualTo(1);
        assertThat(stored.eventId()).isEqualTo(event.getIdentifier());
        assertThat(stored.streamType()).isEqualTo("Relationship");
        assertThat(stored.stream()).isEqualTo(STREAM);
        assertThat(stored.sequenceNumber()).isZero();
        assertThat(stored.eventType()).isEqualTo("InteractionLogged");
        assertThat(stored.revision()).isEqualTo("2");
        assertThat(new String(stored.payload(), UTF_8).replaceAll("\"personal\":\"[A-Za-z0-9_.-]+\"", "closed"))
                .isEqualTo("{\"relationshipId\":\"R-1\",\"interactionId\":\"I-0\",\"channel\":\"CALL\","
                        + "\"summary\":{closed},\"participants\":[{closed},{closed}]}");
        assertThat(new String(stored.metadata(), UTF_8))
                .isEqualTo(
                        "{\"occurredAt\":\"2026-11-02T09:00:00Z\",\"role\":\"RELATIONSHIP_MANAGER\",\"subject\":\"manager1\"}");
    }

    @Test
    void are_recorded_at_the_time_of_the_store_whatever_the_message_says() {
        var before = Instant.now();
        writer.append(anEvent("R-1", 0).withMetaData(Map.of()));
        writer.commit();

        var stored = test.log.read(0, 10).getFirst();

        assertThat(stored.recordedAt()).isCloseTo(before, within(Duration.ofSeconds(20)));
        assertThat(stored.recordedAt()).isEqualTo(stored.recordedAt().truncatedTo(ChronoUnit.MICROS));
        assertThat(writer.load(STREAM).getFirst().getTimestamp()).isEqualTo(stored.recordedAt());
    }

    @Test
    void take_the_time_of_recording_from_our_clock_on_h2_and_from_the_server_on_postgresql() {
        var longAgo = Instant.parse("2020-02-29T23:59:59.999999999Z");
        var dreamer = test.writer(Clock.fixed(longAgo, ZoneOffset.UTC));
        dreamer.append(anEvent("R-1", 0));
        dreamer.commit();

        var recordedAt = test.log.read(0, 10).getFirst().recordedAt();

        if (database == Database.POSTGRESQL) {
            assertThat(recordedAt).isCloseTo(Instant.now(), within(Duration.ofSeconds(20)));
        } else {
            assertThat(recordedAt).isEqualTo("2020-02-29T23:59:59.999999Z");
        }
    }

    @Test
    void can_be_read_as_what_happened_with_who_and_when() {
        var event = anEvent("R-1", 0);
        test.append(event);
        test.append(anEvent("R-1", 1));

        var recorded = test.log.recorded(test.log.readStream(STREAM, 0, 10));

        assertThat(recorded).hasSize(2).first().satisfies(first -> {
            assertThat(first.position()).isEqualTo(1);
            assertThat(first.eventId()).isEqualTo(event.getIdentifier());
            assertThat(first.stream()).isEqualTo(new StreamName(STREAM));
            assertThat(first.version()).isEqualTo(1);
            assertThat(first.type()).isEqualTo("InteractionLogged");
            assertThat(first.revision()).isEqualTo("2");
            assertThat(first.occurredAt()).isEqualTo("2026-11-02T09:00:00Z");
            assertThat(first.recordedAt()).isAfter("2026-01-01T00:00:00Z");
            assertThat(first.subject()).isEqualTo("manager1");
            assertThat(first.metadata()).containsEntry(Provenance.ROLE, "RELATIONSHIP_MANAGER");
            assertThat(first.payload()).isEqualTo(event.getPayload());
        });
        assertThat(test.log.readStream(STREAM, 1, 10)).hasSize(1);
        assertThat(test.log.readStream(STREAM, 0, 1)).hasSize(1);
    }

    @Test
    void are_not_there_when_the_transaction_was_rolled_back() {
        writer.append(anEvent("R-1", 0));
        writer.rollback();

        assertThat(writer.load(STREAM)).isEmpty();
        assertThat(test.log.read(0, 10)).isEmpty();
        assertThat(test.log.lastStablePosition()).isZero();
    }

    @Test
    void are_refused_when_another_writer_appended_the_same_version() {
        test.append(anEvent("R-1", 0));
        test.append(anEvent("R-1", 1));

        assertThatThrownBy(() -> writer.append(anEvent("R-1", 1))).isInstanceOf(ConcurrencyException.class);
        writer.rollback();
        assertThatThrownBy(() -> writer.append(anEvent("R-1", 0))).isInstanceOf(AggregateStreamCreationException.class);
        writer.rollback();
        assertThatThrownBy(() -> writer.append(anEvent("R-2", 0), anEvent("R-1", 1)))
                .isInstanceOf(ConcurrencyException.class);
        writer.rollback();
        assertThat(TestLog.positions(test.log.readStream(STREAM, 0, 10))).hasSize(2);
    }

    @Test
    void are_refused_when_the_same_id_begins_two_streams_but_not_across_kinds() {
        test.append(anEvent("R-1", 0));
        var stakeholder = new StakeholderRegistered(
                new StakeholderId("R-1"), "Acme", StakeholderKind.SUPPLIER, "suppliers", List.of());
        test.append(message(stakeholder, 0));

        assertThat(test.log.read(0, 10)).extracting(StoredEvent::stream).containsExactly(STREAM, "stakeholder/R-1");
    }

    @Test
    void of_racing_writers_are_those_of_one_of_them() throws Exception {
        var racers = 8;
        try (var threads = Executors.newFixedThreadPool(racers)) {
            for (var version = 0; version < 10; version++) {
                var start = new CyclicBarrier(racers);
                var event = version;
                var races = new ArrayList<Future<Boolean>>();
                for (var i = 0; i < racers; i++) {
                    races.add(threads.submit(() -> {
                        try (var racer = new Writer(test.log, test.dataSource, Clock.systemUTC())) {
                            start.await(30, TimeUnit.SECONDS);
                            racer.append(anEvent("R-1", event));
                            racer.commit();
                            return true;
                        } catch (ConcurrencyException | AggregateStreamCreationException lost) {
                            return false;
                        }
                    }));
                }
                var winners = 0;
                for (var race : races) {
                    winners += race.get(60, TimeUnit.SECONDS) ? 1 : 0;
                }
                assertThat(winners).isEqualTo(1);
            }
        }
        assertThat(writer.load(STREAM))
                .extracting(DomainEventMessage::getSequenceNumber)
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void are_refused_for_another_reason_as_what_it_is() {
        var ofAnOverlongType = new GenericDomainEventMessage<>(
                "X".repeat(33), STREAM, 0, anEvent().getPayload());

        assertThatThrownBy(() -> writer.append(ofAnOverlongType)).isInstanceOf(EventStoreException.class);
    }

    @Test
    void are_refused_outside_of_a_transaction() {
        var careless = EventLogEngine.appendingTo(
                test.log, test.dataSource::getConnection, NoTransactionManager.INSTANCE, Clock.systemUTC());

        assertThatThrownBy(() -> careless.appendEvents(anEvent())).hasMessageContaining("in a transaction only");
    }

    @Test
    void of_a_stream_are_loaded_by_one_query_and_none_for_keys_or_snapshots() {
        test.append(anEvent("R-1", 0), anEvent("R-1", 1), anEvent("R-1", 2));
        var engine = EventLogEngine.appendingTo(
                test.log, test.line::getConnection, NoTransactionManager.INSTANCE, Clock.systemUTC());

        assertThat(engine.readSnapshot(STREAM)).isEmpty();
        assertThat(engine.readEvents(STREAM).asStream()).hasSize(3);

        assertThat(test.line.statements())
                .satisfiesExactly(events -> assertThat(events).contains("from event_log"));
    }

    @Test
    void are_not_followed_through_the_engine_and_have_no_snapshots() {
        var engine = writer.engine;

        assertThatThrownBy(() -> engine.readEvents(null, false)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(engine::createHeadToken).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(engine::createTailToken).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> engine.createTokenAt(Instant.EPOCH)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> engine.storeSnapshot(anEvent())).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void are_not_overlooked_when_their_type_is_unknown() {
        test.append(anEvent("R-1", 0), anEvent("R-1", 1));
        test.execute("update event_log set event_type = 'InteractionForgotten' where position = 2");

        assertThatThrownBy(() -> writer.load(STREAM))
                .isInstanceOf(UnknownEventException.class)
                .hasMessageContaining("InteractionForgotten");
        assertThatThrownBy(() -> test.log.recorded(test.log.read(0, 10)))
                .isInstanceOfSatisfying(UnknownEventException.class, unknown -> {
                    assertThat(unknown).hasMessageContaining("at position 2");
                    assertThat(test.log.read(0, 10).stream().filter(unknown::isAfter))
                            .extracting(StoredEvent::position)
                            .containsExactly(1L);
                });
        assertThat(test.log.newerVersion().isMet()).isTrue();
        assertThat(test.log.formsRead()).contains(new EventForm("InteractionForgotten", "2"));
    }
}
