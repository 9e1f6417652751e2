package dev.rapport.query;

import static dev.rapport.query.Examples.interaction;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.DomainEvent;
import dev.rapport.query.RunningQuerySide.Answer;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

/** A node that finds in the log, or in the read database, what a newer version of Rapport has left there. */
@OnEachDatabase
class An_older_node {

    private static final String OWNED = "select count(*) from projection_token where owner is not null";
    private static final String FEEDING = "select count(*) from \"operations\".feeding_node";
    private static final String WEBHOOK = "/api/v1/operations/webhooks/W-1";
    private static final String[] SETTINGS = {
        "--rapport.webhooks.allow-private=true", "--rapport.rebuild.look-every=PT0.05S"
    };

    @Parameter
    Database database;

    private Log log;
    private Log process;
    private String url;
    private RunningQuerySide older;
    private RunningQuerySide newer;
    private Log logOfTheNewer;

    @BeforeEach
    void start() {
        log = new Log(database);
        url = database.freshUrl();
        process = log.ofAnotherProcess();
        older = RunningQuerySide.of(process, database, url, SETTINGS);
        log.append(
                stakeholder("S-1", "Acme"),
                relationship("R-1", "S-1", "manager1"),
                relationship("R-2", "S-1", "manager1"),
                interaction("R-1", "I-1", "hello"));
        older.catchUp();
    }

    @AfterEach
    void end() {
        if (newer != null) {
            newer.close();
            newer = null;
            logOfTheNewer.log.close();
        }
        older.close();
        process.log.close();
        log.close();
    }

    /** In the place of the older one, which has stopped: a database on H2 is one process's. */
    private void upgrade() {
        older.close();
        log.tomorrowHasCome();
        logOfTheNewer = log.ofAnotherProcess();
        newer = RunningQuerySide.of(logOfTheNewer, database, url, SETTINGS);
    }

    private void restart() {
        older.close();
        process.log.close();
        process = log.ofAnotherProcess();
        older = RunningQuerySide.of(process, database, url, SETTINGS);
    }

    private long number(String sql) {
        try (var connection = Rows.connect(url, database.user());
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void change(String sql) {
        try (var connection = Rows.connect(url, database.user());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long version(String relationship) {
        return older.get("head", "/api/v1/relationships/" + relationship)
                .ok()
                .json()
                .get("version")
                .asLong();
    }

    private void awaitLetGo() {
        Eventually.is(() -> number(OWNED) == 0 && number(FEEDING) == 0);
    }

    private static void assertOutdated(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(503);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/node-outdated");
        assertThat(answer.header("Retry-After")).isNotEmpty();
    }

    @Test
    void stops_before_an_event_that_it_cannot_read_and_a_newer_one_goes_on_from_there() {
        log.appendOfTomorrow(interaction("R-1", "I-2", "a celebration"));
        log.append(interaction("R-2", "I-1", "after it"), interaction("R-1", "I-3", "after it, too"));

        awaitLetGo();
        assertThat(version("R-1")).isEqualTo(2);
        assertThat(version("R-2")).isEqualTo(1);
        assertThat(older.all("operator", "/api/v1/operations/dead-letters")).isEmpty();
        assertThat(number("select count(*) from \"operations\".discarded_event"))
                .isZero();
        assertThat(older.get("operator", "/api/v1/operations/processors")
                        .ok()
                        .json()
                        .at("/items/0/error")
                        .asString())
                .contains("InteractionLoggedOfTomorrow", "which this version of Rapport cannot read");

        upgrade();
        newer.catchUp();
        assertThat(newer.all("head", "/api/v1/relationships/R-1/history"))
                .extracting(item -> item.get("version").asLong())
                .containsExactly(4L, 3L, 2L, 1L);
        String fresh = database.freshUrl();
        try (var fromScratch = RunningQuerySide.of(logOfTheNewer, database, fresh)) {
            fromScratch.catchUp();
            assertThat(Rows.of(url, database.user())).isEqualTo(Rows.of(fresh, database.user()));
        }
    }

    @Test
    void takes_no_segment_when_it_is_started_again() {
        log.appendOfTomorrow(interaction("R-1", "I-2", "a celebration"));
        awaitLetGo();

        restart();

        Eventually.is(() -> process.log.newerVersion().isMet());
        awaitLetGo();
        assertThat(version("R-1")).isEqualTo(2);
    }

    @Test
    void feeds_nothing_where_a_newer_one_told_of_what_it_cannot_read() {
        change("insert into \"operations\".event_form (event_type, revision) values ('RelationshipCelebrated', '1')");
        awaitLetGo();
        log.append(interaction("R-1", "I-2", "after it"));

        restart();

        Eventually.is(() -> process.log.newerVersion().isMet());
        awaitLetGo();
        assertThat(version("R-1")).isEqualTo(2);
        assertThat(process.log.newerVersion().what())
                .hasValueSatisfying(met -> assertThat(met).contains("RelationshipCelebrated of revision 1"));
    }

    @Test
    void leaves_word_of_what_it_fed() {
        assertThat(number("select count(*) from \"operations\".event_form where event_type = 'InteractionLogged'"))
                .isEqualTo(1);
        assertThat(number("select count(*) from \"operations\".event_form")).isEqualTo(3);

        log.appendOfTomorrow(interaction("R-1", "I-2", "a celebration"));
        awaitLetGo();
        assertThat(number("select count(*) from \"operations\".event_form")).isEqualTo(3);
    }

    @Test
    void feeds_no_tables_that_a_newer_one_has_changed_and_starts_on_them() {
        change("insert into \"flyway_schema_history\" (\"installed_rank\", \"version\", \"description\", \"type\","
                + " \"script\", \"checksum\", \"installed_by\", \"execution_time\", \"success\") values"
                + " (1001, '1000', 'of tomorrow', 'SQL', 'V1000__of_tomorrow.sql', 1, 'a newer version', 1, true)");
        awaitLetGo();
        log.append(interaction("R-1", "I-2", "after it"));

        restart();

        awaitLetGo();
        assertThat(version("R-1")).isEqualTo(2);
        assertThat(process.log.newerVersion().what())
                .contains("a newer version has changed the tables of the read models");
    }

    @Test
    void tells_a_stream_of_everything_before_it_and_ends_it_there() {
        try (var reader = Following.stream(older, "head", "?from=0");
                var ofAnotherRelationship = Following.stream(older, "head", "?relationshipId=R-2");
                var ofOtherTypes = Following.stream(older, "head", "?type=RelationshipEstablished")) {
            reader.until(4);

            log.appendOfTomorrow(interaction("R-1", "I-2", "a celebration"));
            log.append(interaction("R-2", "I-1", "after it"), relationship("R-3", "S-1", "manager1"));

            reader.untilEnd();
            assertThat(reader.ids()).containsExactly(1L, 2L, 3L, 4L);
            assertThat(ofAnotherRelationship.until(6))
                    .extracting(Following.Event::id)
                    .containsExactly(3L, 6L);
            assertThat(ofOtherTypes.until(7)).extracting(Following.Event::id).containsExactly(2L, 3L, 7L);
        }
        assertOutdated(older.get("head", "/api/v1/stream", "Last-Event-ID", "4"));
        try (var fromTheStart = Following.stream(older, "head", "?from=0");
                var fromBehindIt = Following.stream(older, "head", "", "Last-Event-ID", "5")) {
            fromTheStart.untilEnd();
            assertThat(fromTheStart.ids()).containsExactly(1L, 2L, 3L, 4L);
            assertThat(fromBehindIt.until(7)).extracting(Following.Event::id).containsExactly(6L, 7L);
        }
    }

    @Test
    void leaves_webhooks_to_a_newer_one_from_the_very_event_on() {
        try (var receiver = new Receiver()) {
            assertThat(older.post(
                                    "operator",
                                    "/api/v1/operations/webhooks",
                                    "{\"id\":\"W-1\",\"url\":\"" + receiver.url() + "\",\"from\":\"0\"}")
                            .status())
                    .isEqualTo(201);
            receiver.until(4);
            log.appendOfTomorrow(interaction("R-1", "I-2", "a celebration"));
            log.append(interaction("R-2", "I-1", "after it"));

            Eventually.is(() -> number("select count(*) from \"operations\".webhook where holder is null") == 1);
            JsonNode left = older.get("operator", WEBHOOK).ok().json();
            assertThat(left.get("position").asLong()).isEqualTo(4);
            assertThat(left.get("deadLetters").asInt()).isZero();
            assertThat(left.get("failures").asInt()).isZero();

            upgrade();
            assertThat(Receiver.positions(receiver.until(6))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        }
    }

    @Test
    void answers_what_needs_nothing_of_it_and_says_of_all_else_who_can() {
        log.appendOfTomorrow(interaction("R-1", "I-2", "a celebration"));
        awaitLetGo();

        assertThat(older.get("head", "/api/v1/relationships/R-1/history")
                        .ok()
                        .json()
                        .get("items"))
                .hasSize(2);
        assertThat(older.get("head", "/api/v1/relationships", "Accept", "text/csv")
                        .status())
                .isEqualTo(200);
        List<JsonNode> stored = older.all("auditor", "/api/v1/audit/relationships/R-1/events");
        assertThat(stored)
                .extracting(event -> event.get("type").asString())
                .containsExactly("RelationshipEstablished", "InteractionLogged", "InteractionLoggedOfTomorrow");
        assertThat(stored.getLast().has("says")).isFalse();
        assertThat(older.get("auditor", "/api/v1/audit/relationships/R-2/state").status())
                .isEqualTo(200);
        assertThat(older.get("auditor", "/api/v1/audit/relationships/R-1/state?version=2")
                        .status())
                .isEqualTo(200);
        assertOutdated(older.get("auditor", "/api/v1/audit/relationships/R-1/state"));
        assertOutdated(older.post("operator", "/api/v1/operations/dead-letters/any/retries", ""));
    }

    @Test
    void says_who_can_tell_a_state_however_long_the_history_is() {
        log.append(IntStream.rangeClosed(2, 600)
                .mapToObj(number -> interaction("R-1", "I-" + number, "meeting " + number))
                .toArray(DomainEvent[]::new));
        log.appendOfTomorrow(interaction("R-1", "I-601", "a celebration"));

        assertThat(older.get("auditor", "/api/v1/audit/relationships/R-1/state?version=600")
                        .ok()
                        .json()
                        .at("/counts/interactions")
                        .asInt())
                .isEqualTo(599);
        assertOutdated(older.get("auditor", "/api/v1/audit/relationships/R-1/state"));
    }

    @Test
    void leaves_a_rebuild_to_a_newer_one() {
        log.appendOfTomorrow(interaction("R-1", "I-2", "a celebration"));
        awaitLetGo();

        String id = older.post("operator", "/api/v1/operations/rebuilds", "{}")
                .json()
                .get("id")
                .asString();
        String path = "/api/v1/operations/rebuilds/" + id;
        assertThat(older.get("operator", path).ok().json().get("state").asString())
                .isEqualTo("WAITING");

        upgrade();
        Eventually.is(() ->
                newer.get("operator", path).ok().json().get("state").asString().equals("DONE"));
        newer.catchUp();
        assertThat(newer.all("head", "/api/v1/relationships/R-1/history")).hasSize(3);
    }

    @Test
    void leaves_a_rebuild_that_comes_upon_what_it_cannot_read() {
        // somewhere in the past, where only who reads all of the log anew comes
        log.append(interaction("R-1", "I-2", "later a celebration"));
        older.catchUp();
        log.tamper("update event_log set event_type = 'InteractionCelebrated' where position = 5");

        String id = older.post("operator", "/api/v1/operations/rebuilds", "{}")
                .json()
                .get("id")
                .asString();

        awaitLetGo();
        Eventually.is(() ->
                number("select count(*) from \"operations\".rebuild where owner is null and finished_at is null") == 1);
        assertThat(older.get("operator", "/api/v1/operations/rebuilds/" + id)
                        .ok()
                        .json()
                        .has("error"))
                .isFalse();
        assertThat(number("select number from \"operations\".live_generation")).isEqualTo(1);
    }
}
