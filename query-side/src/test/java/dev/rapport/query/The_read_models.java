package dev.rapport.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.DomainEvent;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.query.database.Json;
import dev.rapport.query.projection.ReadModelProcessor;
import dev.rapport.query.projection.ReadModels;
import dev.rapport.query.relationship.RelationshipFold;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

@OnEachDatabase
class The_read_models {

    private static final long SEED = 20261123;

    @Parameter
    Database database;

    private Log log;
    private String url;
    private RunningQuerySide queries;

    @BeforeParameterizedClassInvocation
    void follow_a_history_as_it_happens() {
        System.out.println("seed " + SEED);
        log = new Log(database);
        url = database.freshUrl();
        queries = RunningQuerySide.of(log, database, url);
        var history = new RandomHistory(SEED, "models");
        for (int day = 0; day < 40; day++) {
            history.next(25).forEach(happening -> log.append(Log.SOMEBODY, happening.occurredAt(), happening.events()));
            if (day % 4 == 0) {
                queries.catchUp();
            }
        }
        log.append(Examples.everythingThatCanHappen("S-all", "R-all").toArray(DomainEvent[]::new));
        queries.catchUp();
    }

    @AfterParameterizedClassInvocation
    void end() {
        queries.close();
        log.close();
    }

    private List<String> rows() {
        return Rows.of(url, database.user());
    }

    private List<RecordedEvent> allEvents() {
        return log.log.recorded(log.log.read(0, 1_000_000));
    }

    @Test
    void are_equal_row_by_row_when_they_are_built_from_scratch() {
        String other = database.freshUrl();
        try (var rebuilt = RunningQuerySide.of(log, database, other, "--rapport.projection.batch-size=37")) {
            rebuilt.catchUp();

            assertThat(Rows.of(other, database.user())).isEqualTo(rows());
        }
    }

    @Test
    void are_what_folding_all_events_of_a_relationship_gives() {
        Map<String, RelationshipFold> folds = new TreeMap<>();
        for (RecordedEvent recorded : allEvents()) {
            if (recorded.payload() instanceof RelationshipEvent event) {
                folds.computeIfAbsent(event.relationshipId().value(), _ -> RelationshipFold.fromTheStart())
                        .evolve(event, recorded);
            }
        }

        Map<String, String> states = column("relationship", "id");
        Map<String, String> entries = column("entry", "relationship_id || ' ' || entry_id");
        assertThat(states.keySet()).isEqualTo(folds.keySet());
        folds.forEach((id, fold) -> {
            assertThat(states.get(id)).isEqualTo(Json.write(fold.relationship()));
            fold.entries()
                    .forEach(entry ->
                            assertThat(entries.remove(id + " " + entry.id())).isEqualTo(Json.write(entry)));
        });
        assertThat(entries).isEmpty();
    }

    private Map<String, String> column(String table, String key) {
        Map<String, String> states = new TreeMap<>();
        try (var connection = Rows.connect(url, database.user());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select " + key + ", state from " + table)) {
            while (rows.next()) {
                states.put(rows.getString(1), rows.getString(2));
            }
            return states;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void do_not_change_when_events_are_delivered_again() {
        List<String> before = rows();
        List<RecordedEvent> events = allEvents();

        queries.inReadTransaction(() -> {
            queries.bean(ReadModels.class).apply(events.subList(0, 10));
            queries.bean(ReadModels.class).apply(events.subList(events.size() / 2, events.size()));
        });

        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void do_not_change_when_the_whole_log_is_read_again() throws SQLException {
        List<String> before = rows();
        queries.close();
        execute("delete from projection_token");
        log.append(Examples.stakeholder("S-after", "After"));

        queries = RunningQuerySide.of(log, database, url);
        queries.catchUp();

        assertThat(rows().stream().filter(row -> !row.contains("S-after"))).isEqualTo(before);
    }

    @Test
    void commit_together_with_how_far_they_have_read() throws SQLException {
        assertThat(queries.bean(ReadModelProcessor.class).isRunning()).isTrue();
        Map<String, String> tokens = tokens();

        assertThat(tokens).hasSize(database == Database.H2 ? 1 : 4);
        assertThat(tokens.values().stream().map(The_read_models::position).max(Long::compare))
                .contains(log.log.lastStablePosition());
    }

    private static long position(String token) {
        return Long.parseLong(token.replaceAll("\\D", ""));
    }

    private Map<String, String> tokens() throws SQLException {
        try (var connection = Rows.connect(url, database.user());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select segment, token from projection_token" + " where processor = '"
                        + ReadModelProcessor.NAME + "'")) {
            Map<String, String> tokens = new TreeMap<>();
            while (rows.next()) {
                tokens.put(rows.getString(1), new String(rows.getBytes(2), StandardCharsets.UTF_8));
            }
            return tokens;
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = Rows.connect(url, database.user());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
