package dev.rapport.command.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rapport.command.DomainCommand;
import dev.rapport.command.Limits;
import dev.rapport.command.Refusal;
import dev.rapport.command.Refusal.Reason;
import dev.rapport.command.intake.CommandIntake.Taken;
import dev.rapport.command.intake.MalformedCommand.Fault;
import dev.rapport.command.relationship.RelationshipCommand;
import dev.rapport.command.relationship.RelationshipCommand.AgreeIndicator;
import dev.rapport.command.relationship.RelationshipCommand.AssessAlignment;
import dev.rapport.command.relationship.RelationshipCommand.AssessValues;
import dev.rapport.command.relationship.RelationshipCommand.AssignManager;
import dev.rapport.command.relationship.RelationshipCommand.CorrectEntry;
import dev.rapport.command.relationship.RelationshipCommand.EndRelationship;
import dev.rapport.command.relationship.RelationshipCommand.EstablishRelationship;
import dev.rapport.command.relationship.RelationshipCommand.LogInteraction;
import dev.rapport.command.relationship.RelationshipCommand.NoteOverdueCommitment;
import dev.rapport.command.relationship.RelationshipCommand.RecordCommitment;
import dev.rapport.command.relationship.RelationshipCommand.RecordContribution;
import dev.rapport.command.relationship.RelationshipCommand.RecordMeasurement;
import dev.rapport.command.relationship.RelationshipCommand.RenegotiateCommitment;
import dev.rapport.command.relationship.RelationshipCommand.SettleDispute;
import dev.rapport.command.relationship.RelationshipCommand.UpgradeRelationship;
import dev.rapport.command.stakeholder.StakeholderCommand;
import dev.rapport.command.stakeholder.StakeholderCommand.ChangeStakeholderProfile;
import dev.rapport.command.stakeholder.StakeholderCommand.RegisterStakeholder;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.events.vocabulary.StakeholderKind;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** From JSON to a command: what is read, and what is told to whom sends something else. */
class CommandIntakeTest {

    /** With nanoseconds, which no store keeps. */
    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00.123456789Z");

    private static final Instant NOW_AS_KEPT = Instant.parse("2026-03-02T12:00:00.123456Z");
    private static final Map<String, String> OF_R_1 = Map.of("relationshipId", "R-1");
    private static final RelationshipId R = new RelationshipId("R-1");

    private static Locale localeBefore;
    private static ValidatorFactory validation;
    private static CommandIntake intake;

    @BeforeAll
    static void speakEnglish() {
        localeBefore = Locale.getDefault();
        Locale.setDefault(Locale.ENGLISH);
        validation = Validation.buildDefaultValidatorFactory();
        Validator validator = validation.getValidator();
        intake = new CommandIntake(new CommandCatalog(), validator, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterAll
    static void speakAsBefore() {
        validation.close();
        Locale.setDefault(localeBefore);
    }

    private static Taken take(Class<? extends DomainCommand> type, String body, Map<String, String> path) {
        return intake.takeIn(type, body.getBytes(StandardCharsets.UTF_8), path);
    }

    private static Taken takeLine(String line) {
        return intake.takeIn(line.getBytes(StandardCharsets.UTF_8));
    }

    private static DomainCommand ofR1(Class<? extends DomainCommand> type, String body) {
        return take(type, body, OF_R_1).command();
    }

    private static List<Fault> faults(Class<? extends DomainCommand> type, String body, Map<String, String> path) {
        return malformed(body, () -> take(type, body, path)).faults();
    }

    private static List<Fault> faultsOfR1(Class<? extends DomainCommand> type, String body) {
        return faults(type, body, OF_R_1);
    }

    private static MalformedCommand malformed(
            String body, org.assertj.core.api.ThrowableAssert.ThrowingCallable taking) {
        MalformedCommand malformed = catchThrowableOfType(MalformedCommand.class, taking);
        assertThat(malformed).as(body).isNotNull();
        return malformed;
    }

    private static List<String> pointers(List<Fault> faults) {
        return faults.stream().map(Fault::pointer).toList();
    }

    @Nested
    class A_command {

        @Test
        void is_read_from_its_path_and_its_body() {
            assertThat(ofR1(LogInteraction.class, """
                {"id": "I-1", "channel": "VISIT", "summary": "saw the plant",
                 "participants": ["Ann", "Bob"], "sentiment": -2}\
                """))
                    .isEqualTo(new LogInteraction(
                            R, new EntryId("I-1"), Channel.VISIT, "saw the plant", List.of("Ann", "Bob"), -2));
        }

        @Test
        void is_read_from_a_line_that_names_it() {
            assertThat(takeLine("""
                {"command": "RecordCommitment", "relationshipId": "R-1", "id": "C-1",\
                 "madeBy": "THEM", "statement": "deliver", "dueOn": "2026-03-31"}\
                """).command())
                    .isEqualTo(new RecordCommitment(
                            R, new EntryId("C-1"), Party.THEM, "deliver", LocalDate.of(2026, 3, 31)));
        }

        @Test
        void has_null_for_what_was_left_out_or_null() {
            assertThat(ofR1(EndRelationship.class, "{\"reason\": \"over\"}")).isEqualTo(new EndRelationship(R, "over"));
            assertThat(ofR1(AssignManager.class, "{\"managerId\": \"ann@example.org\", \"reason\": null}"))
                    .isEqualTo(new AssignManager(R, new ManagerId("ann@example.org"), null));
        }

        @Test
        void of_a_stakeholder_is_read_alike() {
            assertThat(take(RegisterStakeholder.class, """
                {"id": "S-1", "name": "Acme", "kind": "SUPPLIER", "group": "steel", "values": []}\
                """, Map.of()).command())
                    .isEqualTo(new RegisterStakeholder(
                            new StakeholderId("S-1"), "Acme", StakeholderKind.SUPPLIER, "steel", List.of()));
        }

        @Test
        void keeps_what_people_write_to_the_letter() {
            String text = "  “naïve” \\u0001 \uD83D\uDE00 e\u0301 \\n\\t\\\"\\\\ ";
            assertThat(ofR1(EndRelationship.class, "{\"reason\": \"" + text + "\"}"))
                    .isEqualTo(new EndRelationship(R, "  “naïve” \u0001 \uD83D\uDE00 e\u0301 \n\t\"\\ "));
        }
    }

    @Nested
    class A_fault {

        @Test
        void does_not_hide_another() {
            assertThat(faultsOfR1(LogInteraction.class, """
                {"id": "I 1", "chanel": "VISIT", "channel": "FAX", "summary": " ", "participants": ["Ann", "", 7],
                 "sentiment": 3, "occurredAt": "yesterday"}\
                """))
                    .containsExactly(
                            new Fault("/chanel", "there is no such field"),
                            new Fault("/channel", "must be one of MEETING, CALL, EMAIL, VISIT, EVENT, OTHER"),
                            new Fault("/id", "an id has 1-64 characters out of A-Z a-z 0-9 . _ -"),
                            new Fault("/occurredAt", "must be a time with an offset, such as 2026-03-31T09:30:00Z"),
                            new Fault("/participants/1", "is required and must not be blank"),
                            new Fault("/participants/2", "must be a text"),
                            new Fault("/sentiment", "must be less than or equal to 2"),
                            new Fault("/summary", "is required and must not be blank"));
        }

        @Test
        void is_told_for_everything_that_is_missing() {
            assertThat(faultsOfR1(RecordCommitment.class, "{}"))
                    .containsExactly(
                            new Fault("/dueOn", "is required"),
                            new Fault("/madeBy", "is required"),
                            new Fault("/statement", "is required and must not be blank"));
        }

        @Test
        void in_a_list_of_objects_is_told_where_it_is() {
            assertThat(pointers(faultsOfR1(AssessAlignment.class, """
                {"dimensions": [
                  {"name": "quality", "self": 70, "selfPerception": 90, "externalPerception": 60},
                  {"name": " ", "self": 100.5, "selfPerception": -1, "externalPerception": "60", "x/y~z": 1},
                  7,
                  null]}\
                """)))
                    .containsExactly(
                            "/dimensions/1/externalPerception",
                            "/dimensions/1/name",
                            "/dimensions/1/self",
                            "/dimensions/1/selfPerception",
                            "/dimensions/1/x~1y~0z",
                            "/dimensions/2",
                            "/dimensions/3");
        }

        @Test
        void is_told_once_for_a_field() {
            assertThat(pointers(faultsOfR1(LogInteraction.class, "{\"channel\": 1, \"summary\": 2}")))
                    .containsExactly("/channel", "/summary");
        }

        @Test
        void is_a_name_that_is_no_field() {
            assertThat(faultsOfR1(EndRelationship.class, "{\"reason\": \"over\", \"Reason\": \"over\"}"))
                    .containsExactly(new Fault("/Reason", "there is no such field"));
        }

        @Test
        void is_what_the_path_says_already() {
            assertThat(faultsOfR1(EndRelationship.class, "{\"reason\": \"over\", \"relationshipId\": \"R-1\"}"))
                    .containsExactly(new Fault("/relationshipId", "is said by the path and has no place in the body"));
        }

        @Test
        void can_always_be_written_down() {
            List<Fault> faults = faultsOfR1(EndRelationship.class, "{\"reason\": \"over\", \"a\\uD800\\u0000b\": 1}");
            byte[] written = JsonMapper.shared().writeValueAsBytes(faults);
            assertThat(new String(written, StandardCharsets.UTF_8)).contains("there is no such field");
        }

        @ParameterizedTest
        @MethodSource("dev.rapport.command.intake.CommandIntakeTest#everyCommand")
        void is_told_by_every_command(Class<? extends DomainCommand> type) {
            assertThat(pointers(faults(type, "{\"no such field\": 1}", Map.of())))
                    .contains("/no such field");
        }
    }

    static Stream<Class<? extends DomainCommand>> everyCommand() {
        return new CommandCatalog().all().values().stream();
    }

    @Nested
    class A_value {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{'channel': 3}                       | /channel      | must be a text",
                    "{'channel': 'call'}                  | /channel      | must be one of MEETING, CALL, EMAIL,"
                            + " VISIT, EVENT, OTHER",
                    "{'channel': ['CALL']}                | /channel      | must be a text",
                    "{'summary': true}                    | /summary      | must be a text",
                    "{'summary': {}}                      | /summary      | must be a text",
                    "{'participants': 'Ann'}              | /participants | must be a list",
                    "{'participants': {}}                 | /participants | must be a list",
                    "{'participants': [null]}             | /participants/0 | is required and must not be blank",
                    "{'sentiment': '1'}                   | /sentiment    | must be a whole number",
                    "{'sentiment': 1.0}                   | /sentiment    | must be a whole number",
                    "{'sentiment': 1e0}                   | /sentiment    | must be a whole number",
                    "{'sentiment': 4294967297}            | /sentiment    | must be a whole number",
                    "{'sentiment': 99999999999999999999}  | /sentiment    | must be a whole number",
                    "{'sentiment': -3}                    | /sentiment    | must be greater than or equal to -2",
                    "{'id': 17}                           | /id           | must be a text",
                    "{'id': ''}                           | /id           | an id has 1-64 characters out of A-Z a-z"
                            + " 0-9 . _ -",
                    "{'id': 'a/b'}                        | /id           | an id has 1-64 characters out of A-Z a-z"
                            + " 0-9 . _ -",
                    "{'id': 'ä'}                          | /id           | an id has 1-64 characters out of A-Z a-z"
                            + " 0-9 . _ -",
                })
        void of_another_type_is_a_fault(String body, String pointer, String detail) {
            assertThat(faultsOfR1(LogInteraction.class, body.replace('\'', '"')))
                    .contains(new Fault(pointer, detail));
        }

        @Test
        void may_be_an_id_of_64_characters_and_no_more() {
            String longest = "aZ09._-" + "x".repeat(57);
            assertThat(take(EstablishRelationship.class, established(longest), Map.of())
                            .command()
                            .answersWith())
                    .isEqualTo(longest);
            assertThat(pointers(faults(EstablishRelationship.class, established(longest + "x"), Map.of())))
                    .containsExactly("/id");
        }

        private static String established(String id) {
            return "{\"id\": \"" + id + "\", \"stakeholderId\": \"S-1\"}";
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "2026-02-29",
                    "2026-13-01",
                    "2026-3-1",
                    "26-03-01",
                    "2026-03-01T00:00:00Z",
                    "20260301",
                    "",
                    "1899-12-31",
                    "+10000-01-01",
                    "-0001-01-01",
                    "tomorrow"
                })
        void that_is_no_date_is_a_fault(String date) {
            assertThat(faultsOfR1(
                            RenegotiateCommitment.class,
                            "{\"commitmentId\": \"C-1\", \"reason\": \"both agreed\", \"dueOn\": \"" + date + "\"}"))
                    .containsExactly(
                            new Fault("/dueOn", "must be a date of the years 1900 to 9999, such as 2026-03-31"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"1900-01-01", "9999-12-31", "2028-02-29"})
        void may_be_a_date(String date) {
            assertThat(ofR1(
                            RenegotiateCommitment.class,
                            "{\"commitmentId\": \"C-1\", \"reason\": \"both agreed\", \"dueOn\": \"" + date + "\"}"))
                    .isEqualTo(new RenegotiateCommitment(
                            R, new EntryId("C-1"), LocalDate.parse(date), "both agreed", null));
        }

        @ParameterizedTest
        @ValueSource(strings = {"12.50", "0.10", "1", "999999999999999.999999", "-3.000000", "1E+2"})
        void keeps_every_digit_of_a_number(String digits) {
            RecordContribution contribution = (RecordContribution) ofR1(
                    RecordContribution.class,
                    "{\"id\": \"B-1\", \"givenBy\": \"US\", \"statement\": \"saved\", \"amount\": " + digits
                            + ", \"currency\": \"EUR\"}");
            assertThat(contribution.amount()).isEqualTo(new BigDecimal(digits));
            assertThat(contribution.currency()).isEqualTo(Currency.getInstance("EUR"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"1000000000000000", "0.1234567", "1e15", "1e-7", "1e999999999", "1e-999999999"})
        void is_no_number_that_is_too_long_to_be_meant(String digits) {
            assertThat(pointers(faultsOfR1(
                            RecordContribution.class,
                            "{\"givenBy\": \"US\", \"statement\": \"saved\", \"currency\": \"EUR\", \"amount\": "
                                    + digits + "}")))
                    .containsExactly("/amount");
        }

        @ParameterizedTest
        @ValueSource(strings = {"1e2147483648", "-1e2147483647", "1e-2147483648", "1e99999999999999999999"})
        void is_no_number_that_cannot_even_be_read(String digits) {
            assertThat(faultsOfR1(
                            RecordContribution.class,
                            "{\"givenBy\": \"US\", \"statement\": \"saved\", \"currency\": \"EUR\", \"amount\": "
                                    + digits + "}"))
                    .hasSize(1);
        }

        @Test
        void is_no_number_of_a_thousand_digits_and_more() {
            assertThat(faultsOfR1(RecordContribution.class, "{\"amount\": " + "9".repeat(1_001) + "}"))
                    .isNotEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"12.50\"", "true", "[1]", "{}"})
        void is_no_number_when_it_is_something_else(String json) {
            assertThat(faultsOfR1(
                            RecordMeasurement.class,
                            "{\"indicatorId\": \"N-1\", \"measuredOn\": \"2026-03-01\", \"value\": " + json + "}"))
                    .containsExactly(new Fault("/value", "must be a number"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"-0.1", "100.000001", "101"})
        void of_a_score_is_from_0_to_100(String score) {
            assertThat(pointers(faultsOfR1(
                            AssessValues.class,
                            "{\"overlap\": " + score + ", \"complement\": 0, \"conflict\": 100.000000}")))
                    .containsExactly("/overlap");
        }

        @ParameterizedTest
        @ValueSource(strings = {"EURO", "eur", "XYZ", ""})
        void is_no_currency_that_there_is_not(String currency) {
            assertThat(faultsOfR1(
                            RecordContribution.class,
                            "{\"givenBy\": \"US\", \"statement\": \"saved\", \"amount\": 1, \"currency\": \"" + currency
                                    + "\"}"))
                    .containsExactly(new Fault("/currency", "must be a currency code of ISO 4217, such as EUR"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"1", "\"true\"", "0"})
        void is_neither_true_nor_false_when_it_is_something_else(String json) {
            assertThat(faultsOfR1(
                            SettleDispute.class,
                            "{\"entryId\": \"C-1\", \"outcome\": \"it stands\", \"upheld\": " + json + "}"))
                    .containsExactly(new Fault("/upheld", "must be true or false"));
        }
    }

    @Nested
    class A_text {

        @Test
        void may_be_as_long_as_the_limit_and_no_longer() {
            assertThat(ofR1(EndRelationship.class, "{\"reason\": \"" + "x".repeat(Limits.TEXT) + "\"}"))
                    .isEqualTo(new EndRelationship(R, "x".repeat(Limits.TEXT)));
            assertThat(pointers(
                            faultsOfR1(EndRelationship.class, "{\"reason\": \"" + "x".repeat(Limits.TEXT + 1) + "\"}")))
                    .containsExactly("/reason");
        }

        @Test
        void may_be_in_a_list_of_so_many_and_no_more() {
            String full = Stream.generate(() -> "\"Ann\"").limit(Limits.NAMES).collect(Collectors.joining(","));
            assertThat(ofR1(LogInteraction.class, interaction(full))).isInstanceOf(LogInteraction.class);
            assertThat(pointers(faultsOfR1(LogInteraction.class, interaction(full + ",\"Bob\""))))
                    .containsExactly("/participants");
        }

        private static String interaction(String participants) {
            return "{\"channel\": \"CALL\", \"summary\": \"we talked\", \"participants\": [" + participants + "]}";
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "\\t\\n", "\\u2003"})
        void is_not_blank_where_something_has_to_be_said(String blank) {
            assertThat(faultsOfR1(EndRelationship.class, "{\"reason\": \"" + blank + "\"}"))
                    .containsExactly(new Fault("/reason", "is required and must not be blank"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"\\u0000", "a\\u0000b", "\\uD800", "\\uDC00x", "\\uDE00\\uD83D"})
        void contains_nothing_that_no_database_or_no_reader_takes(String unstorable) {
            String detail = "contains U+0000 or half of a surrogate pair, which no text may";
            assertThat(faultsOfR1(EndRelationship.class, "{\"reason\": \"" + unstorable + "\"}"))
                    .containsExactly(new Fault("/reason", detail));
            assertThat(faultsOfR1(
                            LogInteraction.class,
                            "{\"channel\": \"CALL\", \"summary\": \"x\", \"participants\": [\"" + unstorable + "\"]}"))
                    .contains(new Fault("/participants/0", detail));
        }

        @ParameterizedTest
        @ValueSource(strings = {"\\u0000", "a\\u0000b", "\\uD800"})
        void that_names_a_manager_contains_nothing_of_the_kind_either(String unstorable) {
            assertThat(pointers(faultsOfR1(AssignManager.class, "{\"managerId\": \"" + unstorable + "\"}")))
                    .containsExactly("/managerId");
        }

        @Test
        void that_may_be_left_out_is_not_blank_when_it_is_there() {
            assertThat(pointers(faults(
                            ChangeStakeholderProfile.class,
                            "{\"name\": \" \", \"group\": \" \"}",
                            Map.of("stakeholderId", "S-1"))))
                    .containsExactly("/group", "/name");
            assertThat(pointers(faultsOfR1(
                            CorrectEntry.class,
                            "{\"entryId\": \"E-1\", \"reason\": \"slip\", \"summary\": \" \","
                                    + " \"subject\": \" \", \"statement\": \" \"}")))
                    .containsExactly("/statement", "/subject", "/summary");
            assertThat(pointers(faultsOfR1(
                            UpgradeRelationship.class, "{\"rationale\": \"it is time\", \"overrideReason\": \" \"}")))
                    .containsExactly("/overrideReason");
            assertThat(pointers(faultsOfR1(
                            RenegotiateCommitment.class,
                            "{\"commitmentId\": \"C-1\", \"dueOn\": \"2026-04-01\", \"reason\":"
                                    + " \"both\", \"statement\": \" \"}")))
                    .containsExactly("/statement");
        }
    }

    @Nested
    class An_id_that_was_left_out {

        @Test
        void is_made_by_the_time() {
            UUID id = UUID.fromString(take(EstablishRelationship.class, "{\"stakeholderId\": \"S-1\"}", Map.of())
                    .command()
                    .answersWith());
            assertThat(id.version()).isEqualTo(7);
        }

        @Test
        void is_made_when_it_is_null() {
            assertThat(take(EstablishRelationship.class, "{\"stakeholderId\": \"S-1\", \"id\": null}", Map.of())
                            .command()
                            .answersWith())
                    .hasSize(36);
        }

        @Test
        void is_another_one_each_time_and_begins_with_the_time() {
            List<String> ids = Stream.generate(
                            () -> take(EstablishRelationship.class, "{\"stakeholderId\": \"S-1\"}", Map.of())
                                    .command()
                                    .answersWith())
                    .limit(100)
                    .toList();
            assertThat(ids).doesNotHaveDuplicates();
            assertThat(ids.stream().map(CommandIntakeTest::millisecond)).isSorted();
        }

        @Test
        void is_not_made_for_what_has_none() {
            assertThat(pointers(faultsOfR1(EndRelationship.class, "{\"id\": \"X\", \"reason\": \"over\"}")))
                    .containsExactly("/id");
        }

        @Test
        void of_something_else_is_a_fault() {
            assertThat(pointers(faults(EstablishRelationship.class, "{}", Map.of())))
                    .containsExactly("/stakeholderId");
        }
    }

    private static String millisecond(String uuid) {
        return uuid.substring(0, 13);
    }

    @Nested
    class A_time {

        private static Taken ending(String occurredAt) {
            return take(EndRelationship.class, "{\"reason\": \"over\", \"occurredAt\": " + occurredAt + "}", OF_R_1);
        }

        @ParameterizedTest
        @CsvSource({
            "2026-03-01T10:00:00Z,            2026-03-01T10:00:00Z",
            "2026-03-01T10:00:00+02:00,       2026-03-01T08:00:00Z",
            "2026-03-01T10:00:00-09:30,       2026-03-01T19:30:00Z",
            "2026-03-01T10:00:00.123456789Z,  2026-03-01T10:00:00.123456Z",
            "2026-03-01t10:00:00z,            2026-03-01T10:00:00Z",
        })
        void has_an_offset(String written, String meant) {
            assertThat(ending("\"" + written + "\"").occurredAt()).isEqualTo(Instant.parse(meant));
        }

        @Test
        void is_that_of_the_taking_in_when_nothing_is_said() {
            Taken taken = ending("null");
            assertThat(taken.occurredAt()).isEqualTo(NOW_AS_KEPT);
            assertThat(taken.receivedAt()).isEqualTo(NOW_AS_KEPT);
        }

        @Test
        void may_be_this_very_moment() {
            assertThat(ending("\"2026-03-02T12:00:00.123456Z\"").occurredAt()).isEqualTo(NOW_AS_KEPT);
        }

        @Test
        void is_not_in_the_future() {
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> ending("\"2026-03-02T13:00:00.123457+01:00\""))
                    .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.AGAINST_A_RULE))
                    .withMessage(
                            "occurredAt may be in the past, but not in the future: 2026-03-02T12:00:00.123457Z is after"
                                    + " 2026-03-02T12:00:00.123456Z");
        }

        @Test
        void in_the_future_hides_no_fault() {
            assertThat(pointers(faultsOfR1(EndRelationship.class, "{\"occurredAt\": \"2027-01-01T00:00:00Z\"}")))
                    .containsExactly("/reason");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"2026-03-01T10:00:00\"",
                    "\"2026-03-01\"",
                    "\"2026-03-01 10:00:00Z\"",
                    "\"2026-02-30T10:00:00Z\"",
                    "\"2026-03-01T24:00:00Z\"",
                    "\"1899-12-31T10:00:00Z\"",
                    "\"+12026-03-01T10:00:00Z\"",
                    "\"\"",
                    "1772355600",
                    "{}",
                    "true"
                })
        void without_its_form_is_a_fault(String json) {
            assertThat(faultsOfR1(EndRelationship.class, "{\"reason\": \"over\", \"occurredAt\": " + json + "}"))
                    .containsExactly(
                            new Fault("/occurredAt", "must be a time with an offset, such as 2026-03-31T09:30:00Z"));
        }
    }

    @Nested
    class A_line {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"command\": null}",
                    "{\"command\": 7}",
                    "{\"command\": \"NoSuchCommand\"}",
                    "{\"command\": \"logInteraction\"}",
                    "{\"command\": {\"command\": \"LogInteraction\"}}"
                })
        void that_names_no_command_is_told_which_there_are(String line) {
            MalformedCommand malformed = malformed(line, () -> takeLine(line));
            assertThat(malformed.detail()).isEqualTo("the line names no command that there is");
            assertThat(malformed.faults()).singleElement().satisfies(fault -> {
                assertThat(fault.pointer()).isEqualTo("/command");
                assertThat(fault.detail()).startsWith("must be one of AgreeIndicator, AssessAlignment, ");
            });
        }

        @Test
        void may_not_give_a_command_that_is_ours_to_give() {
            String line =
                    "{\"command\": \"NoteOverdueCommitment\", \"relationshipId\": \"R-1\", \"commitmentId\": \"C-1\"}";
            assertThat(pointers(malformed(line, () -> takeLine(line)).faults())).containsExactly("/command");
        }

        @Test
        void has_to_name_what_a_path_would() {
            String line = "{\"command\": \"FulfilCommitment\"}";
            assertThat(pointers(malformed(line, () -> takeLine(line)).faults()))
                    .containsExactly("/commitmentId", "/relationshipId");
        }
    }

    @Nested
    class The_catalog {

        @Test
        void lists_every_command_but_the_one_that_only_rapport_gives() {
            assertThat(everyCommand())
                    .containsExactlyInAnyOrderElementsOf(Stream.of(StakeholderCommand.class, RelationshipCommand.class)
                            .flatMap(The_catalog::records)
                            .filter(type -> type != NoteOverdueCommitment.class)
                            .<Class<? extends DomainCommand>>map(type -> type.asSubclass(DomainCommand.class))
                            .toList())
                    .hasSize(32);
        }

        private static Stream<Class<?>> records(Class<?> type) {
            return type.isRecord()
                    ? Stream.of(type)
                    : Arrays.stream(type.getPermittedSubclasses()).flatMap(The_catalog::records);
        }
    }

    @Nested
    class Text_that_is_no_JSON_object {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "null",
                    "[]",
                    "7",
                    "\"x\"",
                    "{",
                    "{}}",
                    "{} {}",
                    "{},",
                    "{\"reason\": 'over'}",
                    "{reason: \"over\"}",
                    "{\"reason\": \"over\",}",
                    "{\"reason\": \"over\"} // really",
                    "{\"reason\": NaN}",
                    "{\"reason\": 01}",
                    "{\"reason\": \"a\nb\"}",
                    "{\"reason\": \"\\x\"}",
                    "{\"reason\": \"over\", \"reason\": \"over\"}",
                    "{\"reason\": {\"a\": 1, \"a\": 1}}",
                    "\uFEFF{\"reason\": \"over\"}",
                    "{\"reason\": tru}",
                    "{\"a\\uD800\": 1, \"a\\uD800\": 1}"
                })
        void is_refused_as_a_whole(String body) {
            MalformedCommand malformed = malformed(body, () -> take(EndRelationship.class, body, OF_R_1));
            assertThat(pointers(malformed.faults())).containsExactly("");
            assertThat(JsonMapper.shared().writeValueAsBytes(malformed.detail()))
                    .isNotEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {33, 1_000, 200_000})
        void is_refused_when_it_is_nested_deeper_than_any_command(int depth) {
            String body = "{\"reason\": " + "[".repeat(depth) + "]".repeat(depth) + "}";
            assertThat(pointers(malformed(depth + " deep", () -> take(EndRelationship.class, body, OF_R_1))
                            .faults()))
                    .containsExactly("");
        }

        @Test
        void is_refused_when_it_is_not_UTF_8() {
            for (byte[] body : List.of(
                    "{\"reason\": \"näh\"}".getBytes(StandardCharsets.ISO_8859_1),
                    "{\"reason\": \"over\"}".getBytes(StandardCharsets.UTF_16),
                    new byte[] {'{', '"', 'a', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', ':', '1', '}'})) {
                MalformedCommand malformed =
                        malformed("bytes", () -> intake.takeIn(EndRelationship.class, body, OF_R_1));
                assertThat(malformed.detail()).isEqualTo("the text is not UTF-8");
            }
        }
    }

    @Nested
    class A_fingerprint {

        private static String of(String body) {
            return take(AgreeIndicator.class, body, OF_R_1).fingerprint();
        }

        private static final String BODY = """
            {"id":"N-1","owner":"US","requirement":"FAST","level":"ADDED_VALUE","name":"days","target":12.50,"better":"LOWER"}\
            """;

        @Test
        void is_64_hexadecimal_digits() {
            assertThat(of(BODY)).matches("[0-9a-f]{64}");
        }

        @Test
        void is_the_same_however_the_request_is_spaced_and_ordered_and_spelled() {
            assertThat(of("{ \"better\" : \"LOWER\",\n"
                            + "\t\"target\" : 12.50, \"n\\u0061me\" : \"d\\u0061ys\", \"level\" : \"ADDED_VALUE\","
                            + " \"requirement\" : \"FAST\", \"owner\" : \"US\", \"id\" : \"N-1\" } "))
                    .isEqualTo(of(BODY));
        }

        @Test
        void is_the_same_for_a_line_and_for_a_request_that_say_the_same() {
            assertThat(takeLine("{\"relationshipId\": \"R-1\", \"command\": \"EndRelationship\", \"reason\": \"over\"}")
                            .fingerprint())
                    .isEqualTo(take(EndRelationship.class, "{\"reason\": \"over\"}", OF_R_1)
                            .fingerprint());
        }

        @Test
        void is_the_same_while_the_id_is_left_to_us() {
            String body = BODY.replace("\"id\":\"N-1\",", "");
            assertThat(of(body)).isEqualTo(of(body)).isNotEqualTo(of(BODY));
        }

        @ParameterizedTest
        @CsvSource({"US, THEM", "12.50, 12.5", "12.50, 12.51", "days, Days", "N-1, N-2", "LOWER, HIGHER"})
        void is_another_one_when_something_else_is_said(String one, String other) {
            assertThat(of(BODY.replace(one, other))).isNotEqualTo(of(BODY));
        }

        @Test
        void is_another_one_when_something_more_is_said() {
            assertThat(of(BODY.replace("}", ",\"unit\":\"d\"}"))).isNotEqualTo(of(BODY));
            assertThat(of(BODY.replace("}", ",\"occurredAt\":\"2026-03-01T00:00:00Z\"}")))
                    .isNotEqualTo(of(BODY));
        }

        @Test
        void is_another_one_for_another_relationship() {
            assertThat(take(AgreeIndicator.class, BODY, Map.of("relationshipId", "R-2"))
                            .fingerprint())
                    .isNotEqualTo(of(BODY));
        }

        @Test
        void is_another_one_for_another_command() {
            String body = "{\"reason\": \"because\"}";
            assertThat(take(EndRelationship.class, body, OF_R_1).fingerprint())
                    .isNotEqualTo(take(RelationshipCommand.ReopenRelationship.class, body, OF_R_1)
                            .fingerprint());
        }

        @Test
        void does_not_take_a_list_for_another() {
            assertThat(participants("\"a\",\"b\"")).isNotEqualTo(participants("\"b\",\"a\""));
            assertThat(participants("\"a,b\"")).isNotEqualTo(participants("\"a\",\"b\""));
            assertThat(participants("\"a\\\",\\\"b\"")).isNotEqualTo(participants("\"a\",\"b\""));
        }

        private static String participants(String list) {
            return take(
                            LogInteraction.class,
                            "{\"id\": \"I-1\", \"channel\": \"CALL\", \"summary\": \"x\", \"participants\": [" + list
                                    + "]}",
                            OF_R_1)
                    .fingerprint();
        }
    }
}
