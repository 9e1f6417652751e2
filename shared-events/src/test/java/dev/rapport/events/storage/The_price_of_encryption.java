package dev.rapport.events.storage;

import static dev.rapport.events.storage.TestLog.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.CommitmentKept;
import dev.rapport.events.CommitmentRecorded;
import dev.rapport.events.ConcernRaised;
import dev.rapport.events.DisclosureRecorded;
import dev.rapport.events.DomainEvent;
import dev.rapport.events.InteractionLogged;
import dev.rapport.events.MeasurementRecorded;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.ConcernSubject;
import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Measures what opening costs whoever reads the log, and prints it: {@code -Drapport.measure=100000} for so many events. The same events are
 * read as they are stored, and from a log in which they lie in clear; in turns, since the machine may have other things to do.
 */
@EnabledIfSystemProperty(named = "rapport.measure", matches = "\\d+")
class The_price_of_encryption {

    private static final long SEED = 20261127;
    private static final int EVENTS_OF_A_RELATIONSHIP = 100;
    private static final int SIDE_BY_SIDE = 20;
    private static final int PAGE = 2_000;
    private static final int TURNS = 7;

    @ParameterizedTest
    @EnumSource(Database.class)
    void is_printed(Database database) throws SQLException {
        int events = Integer.getInteger("rapport.measure");
        try (var encrypted = new TestLog(database);
                var clear = new TestLog(database)) {
            fill(encrypted, events);
            copyInClear(encrypted, clear);
            List<Double> factors = new ArrayList<>();
            for (int turn = 0; turn < TURNS; turn++) {
                Reading plain = read(clear.log, events);
                Reading opened = read(encrypted.ofAnotherProcess(), events);
                assertThat(opened.said).as("what was read").isEqualTo(plain.said);
                double ofTime = opened.nanos / (double) plain.nanos;
                factors.add(opened.processorNanos / (double) plain.processorNanos);
                System.out.printf(
                        "%s, turn %d: in clear %s, encrypted %s; factor %.2f by the clock, %.2f by the processor; load"
                                + " %.1f%n",
                        database,
                        turn,
                        plain,
                        opened,
                        ofTime,
                        factors.getLast(),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            }
            System.out.printf(
                    "%s: median factor by the processor, of the last %d turns: %.2f%n",
                    database,
                    TURNS - 2,
                    factors.subList(2, TURNS).stream().sorted().toList().get((TURNS - 2) / 2));
        }
    }

    /** With the processor time of the thread that read, for machines that have other things to do; an embedded database works in that thread, too. */
    private record Reading(long events, long nanos, long processorNanos, long said) {

        @Override
        public String toString() {
            return "%.0f events/s (%.1f us of the processor each)"
                    .formatted(events * 1e9 / nanos, processorNanos / 1e3 / events);
        }
    }

    private static Reading read(EventLog log, int events) {
        var threads = ManagementFactory.getThreadMXBean();
        long processor = threads.getCurrentThreadCpuTime();
        long begin = System.nanoTime();
        long read = 0;
        long said = 0;
        List<StoredEvent> page = log.read(0, PAGE);
        while (!page.isEmpty()) {
            for (RecordedEvent recorded : log.recorded(page)) {
                said += recorded.payload().hashCode();
                read++;
            }
            page = log.read(page.getLast().position(), PAGE);
        }
        assertThat(read).isEqualTo(events);
        return new Reading(read, System.nanoTime() - begin, threads.getCurrentThreadCpuTime() - processor, said);
    }

    /** Twenty relationships at a time, as they go on side by side. */
    private static void fill(TestLog log, int events) {
        var random = new Random(SEED);
        try (var writer = new Writer(log.log, log.dataSource, Clock.systemUTC())) {
            int written = 0;
            for (int first = 0; written < events; first += SIDE_BY_SIDE) {
                for (int number = 0; number < EVENTS_OF_A_RELATIONSHIP && written < events; number++) {
                    List<DomainEventMessage<?>> side = new ArrayList<>();
                    for (int next = 0; next < SIDE_BY_SIDE && written < events; next++, written++) {
                        side.add(message(event("R-" + (first + next), number, random), number));
                    }
                    writer.append(side.toArray(DomainEventMessage[]::new));
                }
                writer.commit();
            }
        }
    }

    private static DomainEvent event(String id, int number, Random random) {
        var relationship = new RelationshipId(id);
        var entry = new EntryId("E-" + number);
        var day = LocalDate.of(2026, 3, 2).plusDays(number);
        return switch (number % 10) {
            case 0, 4, 8 ->
                new InteractionLogged(
                        relationship,
                        entry,
                        Channel.MEETING,
                        text(random),
                        List.of("Person " + random.nextInt(5), "Person " + random.nextInt(5) + " of theirs"),
                        1);
            case 1, 5 -> new CommitmentRecorded(relationship, entry, Party.THEM, text(random), day);
            case 2 -> new CommitmentKept(relationship, new EntryId("E-" + (number - 1)), false, text(random));
            case 6 -> new CommitmentKept(relationship, new EntryId("E-" + (number - 1)), false, null);
            case 3 -> new DisclosureRecorded(relationship, entry, Party.US, DisclosureKind.INVENTORY, text(random));
            case 7 -> new ConcernRaised(relationship, entry, Party.US, ConcernSubject.QUALITY, text(random));
            default ->
                new MeasurementRecorded(relationship, entry, new EntryId("N-1"), BigDecimal.TEN, day, number % 2 == 0);
        };
    }

    private static String text(Random random) {
        var words = new StringBuilder();
        while (words.length() < 40 + random.nextInt(80)) {
            words.append("delivery, price and quality of line ")
                    .append(random.nextInt(100))
                    .append("; ");
        }
        return words.toString();
    }

    private static void copyInClear(TestLog from, TestLog to) throws SQLException {
        try (var connection = to.dataSource.getConnection();
                var insert = connection.prepareStatement(
                        "insert into event_log (" + StoredEvent.COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            List<StoredEvent> page = from.log.read(0, PAGE);
            while (!page.isEmpty()) {
                for (StoredEvent event : from.log.personalKeys().opened(page)) {
                    insert.setLong(1, event.position());
                    insert.setString(2, event.eventId());
                    insert.setString(3, event.streamType());
                    insert.setString(4, event.stream());
                    insert.setLong(5, event.sequenceNumber());
                    insert.setString(6, event.eventType());
                    insert.setString(7, event.revision());
                    insert.setObject(8, event.recordedAt().atOffset(ZoneOffset.UTC));
                    insert.setBytes(9, event.payload());
                    insert.setBytes(10, event.metadata());
                    insert.addBatch();
                }
                insert.executeBatch();
                page = from.log.read(page.getLast().position(), PAGE);
            }
        }
    }
}
