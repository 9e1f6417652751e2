package dev.rapport.events.storage;

import static dev.rapport.events.storage.TestLog.message;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.events.ConcernRaised;
import dev.rapport.events.DomainEvent;
import dev.rapport.events.InteractionCorrected;
import dev.rapport.events.InteractionLogged;
import dev.rapport.events.PersonalDataErased;
import dev.rapport.events.StakeholderRegistered;
import dev.rapport.events.storage.ErasureOrder.EntryOf;
import dev.rapport.events.storage.ErasureOrder.EventOf;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.ConcernSubject;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.events.vocabulary.StakeholderKind;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class Personal_data {

    private static final RelationshipId RELATIONSHIP = new RelationshipId("R-1");
    private static final MasterKey ANOTHER = MasterKey.of("YW5vdGhlciBtYXN0ZXIga2V5IGZvciB0ZXN0cyEhISE=", "tests");
    private static final String SECRET = "Zoë O'Hara shouted at the table";

    @Parameter
    private Database database;

    private TestLog test;

    @BeforeEach
    void start() {
        test = new TestLog(database);
    }

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    void is_stored_in_no_readable_form_and_read_as_it_was_said() {
        var event = interaction("I-1", SECRET, "Zoë O'Hara", "Lior Edelmann");
        test.append(message(event, 0));

        var stored = new String(test.log.read(0, 10).getFirst().payload(), UTF_8);
        assertThat(stored).doesNotContain("Zoë", "Lior", "shouted").contains("I-1", "CALL");
        assertThat(payloads()).containsExactly(event);
        assertThat(test.ofAnotherProcess().recorded(test.log.read(0, 10)))
                .extracting(RecordedEvent::payload)
                .containsExactly(event);
    }

    @Test
    void is_left_closed_for_who_needs_that_of_other_events_only() {
        var concern = concern("C-1", SECRET);
        test.append(message(interaction("I-1", SECRET, "Zoë O'Hara"), 0), message(concern, 1));

        assertThat(test.log.recorded(test.log.read(0, 10), Set.of(ConcernRaised.class)))
                .extracting(RecordedEvent::payload)
                .containsExactly(interaction("I-1", "[closed]", "[closed]"), concern);
    }

    @Test
    void of_an_earlier_revision_is_opened_for_its_upcaster_whoever_needs_it() {
        var event = interaction("I-1", SECRET, "Zoë O'Hara");
        test.append(message(event, 0));
        test.execute("update event_log set revision = '1'");

        assertThat(test.log.recorded(test.log.read(0, 10), Set.of()))
                .extracting(RecordedEvent::payload)
                .containsExactly(event);
    }

    @Test
    void has_one_key_that_all_others_of_a_relationship_come_from_until_something_is_erased() {
        test.append(
                message(interaction("I-1", "one", "Zoë O'Hara", "Lior Edelmann"), 0),
                message(interaction("I-2", "two", "ZOE  O'HARA"), 1));
        test.append(message(
                new InteractionCorrected(
                        RELATIONSHIP, new EntryId("I-1"), null, "one, put right", null, null, "it was wrong"),
                2));

        assertThat(liveKeys()).as("the root").isEqualTo(1);

        erase(person("Zoë O'Hara"));
        assertThat(liveKeys()).as("of the other person").isEqualTo(1);
        assertThat(test.number("select count(*) from personal_key"))
                .as("a root, two entries and two people")
                .isEqualTo(5);
    }

    @Test
    void of_a_person_is_erased_with_the_texts_of_the_entries_that_the_person_took_part_in() {
        test.append(
                message(interaction("I-1", SECRET, "Zoë O'Hara", "Lior Edelmann"), 0),
                message(interaction("I-2", "about the weather", "Lior Edelmann"), 1),
                message(
                        new InteractionCorrected(
                                RELATIONSHIP, new EntryId("I-1"), null, "she shouted", null, null, "wrong word"),
                        2));

        erase(person("zoe o'hara"));

        assertThat(payloads())
                .containsExactly(
                        interaction("I-1", "[erased]", "[erased]", "Lior Edelmann"),
                        interaction("I-2", "about the weather", "Lior Edelmann"),
                        new InteractionCorrected(
                                RELATIONSHIP, new EntryId("I-1"), null, "[erased]", null, null, "[erased]"));
    }

    @Test
    void of_a_person_is_found_in_texts_when_the_whole_name_is_there() {
        test.append(
                message(concern("C-1", "We were promised this by Zoë  O'Hara."), 0),
                message(concern("C-2", "Zoë O'Harassment is no name"), 1),
                message(concern("C-3", "Zoë is all that is said"), 2));

        erase(person("Zoë O'Hara"));

        assertThat(payloads())
                .containsExactly(
                        concern("C-1", "[erased]"),
                        concern("C-2", "Zoë O'Harassment is no name"),
                        concern("C-3", "Zoë is all that is said"));
    }

    @Test
    void of_a_person_with_a_single_name_is_not_looked_for_inside_of_texts() {
        test.append(
                message(interaction("I-1", "hello", "Will"), 0),
                message(concern("C-1", "It will not do, will it?"), 1));

        erase(person("Will"));

        assertThat(payloads())
                .containsExactly(
                        interaction("I-1", "[erased]", "[erased]"), concern("C-1", "It will not do, will it?"));
    }

    @Test
    void of_a_person_stays_in_relationships_that_the_search_is_kept_from() {
        test.append(message(interaction("I-1", "one", "John Smith"), 0));
        var other = new InteractionLogged(
                new RelationshipId("R-2"), new EntryId("I-1"), Channel.CALL, "two", List.of("John Smith"), null);
        test.append(message(other, 0));

        erase(new ErasureOrder("John Smith", List.of(RELATIONSHIP), List.of(), List.of(), List.of()));

        assertThat(payloads()).containsExactly(interaction("I-1", "[erased]", "[erased]"), other);
    }

    @Test
    void is_erased_of_entries_events_and_stakeholders_that_are_named() {
        var stakeholder = new StakeholderRegistered(
                new StakeholderId("S-1"), "Jane Doe", StakeholderKind.CUSTOMER, "private", List.of());
        test.append(message(interaction("I-1", "one", "Lior Edelmann"), 0), message(concern("C-1", "two"), 1));
        test.append(message(stakeholder, 0));

        erase(new ErasureOrder(
                null,
                List.of(),
                List.of(new EntryOf(RELATIONSHIP, new EntryId("I-1"))),
                List.of(new EventOf(RELATIONSHIP, 2)),
                List.of(new StakeholderId("S-1"))));

        assertThat(payloads())
                .containsExactly(
                        interaction("I-1", "[erased]", "Lior Edelmann"),
                        concern("C-1", "[erased]"),
                        new StakeholderRegistered(
                                new StakeholderId("S-1"), "[erased]", StakeholderKind.CUSTOMER, "private", List.of()));
    }

    @Test
    void that_is_not_there_is_named_as_unknown() {
        test.append(message(interaction("I-1", "one"), 0));

        var found = eraser(test.writer())
                .find(new ErasureOrder(
                        null,
                        List.of(),
                        List.of(new EntryOf(RELATIONSHIP, new EntryId("I-9"))),
                        List.of(new EventOf(RELATIONSHIP, 2)),
                        List.of(new StakeholderId("S-9"))));

        assertThat(found.unknown())
                .containsExactly("entry I-9 of relationship R-1", "version 2 of relationship R-1", "stakeholder S-9");
    }

    @Test
    void leaves_an_entry_to_be_written_about_again_under_a_new_key() {
        test.append(message(interaction("I-1", SECRET, "Zoë O'Hara"), 0));
        erase(person("Zoë O'Hara"));

        var corrected =
                new InteractionCorrected(RELATIONSHIP, new EntryId("I-1"), null, "all was calm", null, null, "cooled");
        test.append(message(corrected, 1));

        assertThat(payloads()).containsExactly(interaction("I-1", "[erased]", "[erased]"), corrected);
        erase(new ErasureOrder(
                null, List.of(), List.of(new EntryOf(RELATIONSHIP, new EntryId("I-1"))), List.of(), List.of()));
        assertThat(payloads())
                .containsExactly(
                        interaction("I-1", "[erased]", "[erased]"),
                        new InteractionCorrected(
                                RELATIONSHIP, new EntryId("I-1"), null, "[erased]", null, null, "[erased]"));
    }

    @Test
    void of_a_person_is_erased_in_all_generations_of_an_entry_though_only_one_of_them_names_the_person() {
        var corrected = new InteractionCorrected(
                RELATIONSHIP, new EntryId("I-1"), null, "she was calm", null, null, "wrong word");
        test.append(message(interaction("I-1", SECRET, "Zoë O'Hara"), 0), message(concern("C-1", "two"), 1));
        erase(new ErasureOrder(
                null, List.of(), List.of(new EntryOf(RELATIONSHIP, new EntryId("C-1"))), List.of(), List.of()));
        test.append(message(corrected, 2), message(interaction("I-2", "the weather", "Lior Edelmann"), 3));
        assertThat(payloads()).contains(interaction("I-1", SECRET, "Zoë O'Hara"), corrected);

        erase(person("Zoë O'Hara"));

        assertThat(payloads())
                .containsExactly(
                        interaction("I-1", "[erased]", "[erased]"),
                        concern("C-1", "[erased]"),
                        new InteractionCorrected(
                                RELATIONSHIP, new EntryId("I-1"), null, "[erased]", null, null, "[erased]"),
                        interaction("I-2", "the weather", "Lior Edelmann"));
    }

    @Test
    void of_a_person_that_came_in_between_is_erased_in_all_generations_of_the_entry() {
        var noted = interaction("I-1", "all was calm", "Lior Edelmann");
        test.append(message(noted, 0), message(concern("C-1", "two"), 1));
        erase(new ErasureOrder(
                null, List.of(), List.of(new EntryOf(RELATIONSHIP, new EntryId("C-1"))), List.of(), List.of()));
        try (var writer = new Writer(test.log, test.dataSource, Clock.systemUTC())) {
            var eraser = eraser(writer);
            var found = eraser.find(person("Zoë O'Hara"));
            assertThat(found.isEmpty()).isTrue();
            test.append(message(
                    new InteractionCorrected(
                            RELATIONSHIP, new EntryId("I-1"), null, null, List.of("Zoë O'Hara"), null, "she was there"),
                    2));
            eraser.destroy(eraser.findSince(found, person("Zoë O'Hara")));
            writer.commit();
        }
        test.log.forgetOpened();

        assertThat(payloads())
                .containsExactly(
                        interaction("I-1", "[erased]", "Lior Edelmann"),
                        concern("C-1", "[erased]"),
                        new InteractionCorrected(
                                RELATIONSHIP, new EntryId("I-1"), null, null, List.of("[erased]"), null, "[erased]"));
    }

    @Test
    void is_erased_once_and_then_there_is_nothing_left_to_erase() {
        test.append(message(interaction("I-1", SECRET, "Zoë O'Hara"), 0));

        assertThat(erase(person("Zoë O'Hara"))).isEqualTo(2);
        assertThat(erase(person("Zoë O'Hara"))).isZero();
        assertThat(liveKeys()).isZero();
    }

    @Test
    void is_forgotten_by_other_processes_as_soon_as_they_read_of_it() {
        test.append(message(interaction("I-1", SECRET, "Zoë O'Hara"), 0));
        var other = test.ofAnotherProcess();
        assertThat(other.recorded(other.read(0, 10)).getFirst().payload())
                .isEqualTo(interaction("I-1", SECRET, "Zoë O'Hara"));

        erase(person("Zoë O'Hara"));
        test.append(message(new PersonalDataErased(RELATIONSHIP, "E-1", List.of(new EntryId("I-1"))), 1));

        assertThat(other.recorded(other.read(0, 10)).getFirst().payload())
                .isEqualTo(interaction("I-1", "[erased]", "[erased]"));
    }

    @Test
    void of_before_lies_in_clear_and_says_so_when_it_is_to_be_erased() {
        test.append(message(interaction("I-1", "one"), 0));
        test.execute("update event_log set revision = '1', payload = " + bytes("""
            {"relationshipId":"R-1","interactionId":"I-1","channel":"CALL","summary":"one","participants":["Zoë O'Hara"]}\
            """));

        assertThat(payloads()).containsExactly(interaction("I-1", "one", "Zoë O'Hara"));
        var found = eraser(test.writer()).find(person("Zoë O'Hara"));

        assertThat(found.isEmpty()).isTrue();
        assertThat(found.inClear()).isEqualTo(1);
    }

    @Test
    void cannot_be_moved_to_another_event() {
        test.append(message(concern("C-1", "one"), 0), message(concern("C-2", "two"), 1));
        test.execute("update event_log set payload = (select e.payload from event_log e where e.position = 1)"
                + " where position = 2");

        assertThatThrownBy(this::payloads).hasMessageContaining("does not open with its key");
    }

    @Test
    void whose_key_is_lost_is_a_fault_and_not_taken_for_erased() {
        test.append(message(concern("C-1", "one"), 0));
        test.execute("delete from personal_key");

        assertThatThrownBy(this::payloads).hasMessageContaining("is not there, not even as destroyed");
    }

    @Test
    void cannot_be_opened_with_another_master_key() {
        assertThatThrownBy(() -> PersonalKeys.in(test.dataSource, MasterKeys.only(ANOTHER)))
                .isInstanceOf(UnusableMasterKeyException.class)
                .hasMessageContaining("are wrapped by the master key");
    }

    @Test
    void is_opened_by_a_new_master_key_once_that_wrapped_all_keys_anew_and_no_longer_by_the_former() {
        test.append(
                message(interaction("I-1", SECRET, "Zoë O'Hara", "Lior Edelmann"), 0),
                message(concern("C-1", "two"), 1));
        erase(person("Lior Edelmann"));
        List<DomainEvent> before = payloads();
        String hash = test.log.personalKeys().ofRequests().of("a request");

        PersonalKeys.in(test.dataSource, new MasterKeys(ANOTHER, List.of(TestLog.MASTER_KEY.current())));

        PersonalKeys keys = PersonalKeys.in(test.dataSource, MasterKeys.only(ANOTHER));
        try (var other = new EventLog(test.dataSource, TestLog.POLL_INTERVAL, keys)) {
            assertThat(other.recorded(other.read(0, 10)))
                    .extracting(RecordedEvent::payload)
                    .isEqualTo(before);
        }
        assertThat(keys.ofRequests().of("a request")).isEqualTo(hash);
        assertThat(test.number("select count(*) from personal_key where wrapped is null"))
                .as("what was destroyed stays so")
                .isEqualTo(3);
        assertThatThrownBy(() -> PersonalKeys.in(test.dataSource, TestLog.MASTER_KEY))
                .isInstanceOf(UnusableMasterKeyException.class);
    }

    @Test
    void is_not_lost_while_another_event_is_appended_that_a_search_did_not_see() {
        test.append(message(interaction("I-1", SECRET, "Zoë O'Hara"), 0));
        try (var writer = new Writer(test.log, test.dataSource, Clock.systemUTC())) {
            var eraser = eraser(writer);
            var found = eraser.find(person("Zoë O'Hara"));
            test.append(message(concern("C-1", "came in between"), 1));
            eraser.destroy(found);
            writer.commit();
        }
        test.log.forgetOpened();

        assertThat(payloads())
                .containsExactly(interaction("I-1", "[erased]", "[erased]"), concern("C-1", "came in between"));
    }

    @Test
    void is_not_closed_with_a_remembered_key_that_another_process_destroyed() {
        test.append(message(concern("C-1", "Zoë O'Hara said so"), 0));
        test.append(message(concern("C-2", "so did I"), 1));
        var next = message(concern("C-3", "who did not?"), 2);
        try (var writer = test.writer()) {
            var closed = writer.engine.prepare(next);
            assertThat(closed.isOpen()).as("without a look at the keys").isFalse();
            eraseElsewhere(person("Zoë O'Hara"));

            assertThatThrownBy(() -> writer.engine.write(List.of(closed))).isInstanceOf(ConcurrencyException.class);
            writer.rollback();
            writer.engine.write(List.of(writer.engine.prepare(next)));
            writer.commit();
        }
        test.log.forgetOpened();

        assertThat(payloads())
                .containsExactly(
                        concern("C-1", "[erased]"), concern("C-2", "so did I"), concern("C-3", "who did not?"));
    }

    @Test
    void is_not_closed_with_a_key_that_was_made_for_it_and_not_kept() {
        try (var writer = test.writer()) {
            var second = writer.engine.prepare(message(concern("C-2", "two"), 1));
            writer.engine.write(List.of(second));
            writer.rollback();
            test.append(message(concern("C-1", "one"), 0));

            writer.engine.write(List.of(second));
            writer.commit();
        }

        assertThat(payloads()).containsExactly(concern("C-1", "one"), concern("C-2", "two"));
    }

    @Test
    void is_not_closed_with_a_key_of_the_same_place_that_was_read_before_it_was_not_kept() {
        try (var writer = test.writer()) {
            writer.append(message(concern("C-1", "one"), 0));
            writer.append(message(concern("C-2", "two"), 1));
            writer.rollback();
            try (var other = test.ofAnotherProcess();
                    var faster = new Writer(other, test.dataSource, Clock.systemUTC())) {
                faster.append(message(concern("C-3", "three"), 0));
                faster.commit();
            }
            var next = message(concern("C-4", "four"), 1);
            var closed = writer.engine.prepare(next);
            assertThat(closed.isOpen()).as("what was read is remembered").isFalse();

            assertThatThrownBy(() -> writer.engine.write(List.of(closed))).isInstanceOf(ConcurrencyException.class);
            writer.rollback();
            writer.append(next);
            writer.commit();
        }

        assertThat(payloads()).containsExactly(concern("C-3", "three"), concern("C-4", "four"));
    }

    @Test
    void is_not_closed_with_a_destroyed_key_beside_another_that_is_closed_with_the_next() {
        test.append(message(concern("C-1", "Zoë O'Hara said so"), 0));
        test.append(message(concern("C-2", "so did I"), 1));
        try (var writer = test.writer()) {
            var closed = writer.engine.prepare(message(concern("C-3", "three"), 2));
            eraseElsewhere(person("Zoë O'Hara"));
            test.log.forgetOpened();
            var open = writer.engine.prepare(message(concern("C-4", "four"), 3));

            assertThatThrownBy(() -> writer.engine.write(List.of(closed, open)))
                    .isInstanceOf(ConcurrencyException.class);
        }
    }

    private void eraseElsewhere(ErasureOrder order) {
        try (var other = test.ofAnotherProcess();
                var writer = new Writer(other, test.dataSource, Clock.systemUTC())) {
            var eraser = new Eraser(other, writer::connection);
            eraser.destroy(eraser.find(order));
            writer.commit();
        }
    }

    private static InteractionLogged interaction(String id, String summary, String... participants) {
        return new InteractionLogged(RELATIONSHIP, new EntryId(id), Channel.CALL, summary, List.of(participants), null);
    }

    private static ConcernRaised concern(String id, String statement) {
        return new ConcernRaised(RELATIONSHIP, new EntryId(id), Party.US, ConcernSubject.OTHER, statement);
    }

    private static ErasureOrder person(@Nullable String name) {
        return new ErasureOrder(name, List.of(), List.of(), List.of(), List.of());
    }

    private Eraser eraser(Writer writer) {
        return new Eraser(test.log, writer::connection);
    }

    private int erase(ErasureOrder order) {
        try (var writer = new Writer(test.log, test.dataSource, Clock.systemUTC())) {
            var eraser = eraser(writer);
            var found = eraser.find(order);
            assertThat(found.unknown()).isEmpty();
            var destroyed = eraser.destroy(found);
            writer.commit();
            test.log.forgetOpened();
            return destroyed.values().stream()
                    .mapToInt(stream -> stream.names() + stream.texts())
                    .sum();
        }
    }

    private List<DomainEvent> payloads() {
        return test.log.recorded(test.log.read(0, 100)).stream()
                .map(RecordedEvent::payload)
                .toList();
    }

    private int liveKeys() {
        return test.number("select count(*) from personal_key where wrapped is not null");
    }

    private String bytes(String text) {
        var hex = HexFormat.of().formatHex(text.getBytes(UTF_8));
        return database == Database.POSTGRESQL ? "'\\x" + hex + "'" : "X'" + hex + "'";
    }
}
