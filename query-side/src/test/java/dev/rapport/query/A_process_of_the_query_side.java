package dev.rapport.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.context.ConfigurableApplicationContext;

@Isolated("it sets up the logs that all write to")
class A_process_of_the_query_side {

    @Test
    void says_all_that_it_needs_and_nobody_set() {
        assertThatThrownBy(() -> RapportQueries.application().run())
                .hasMessageContainingAll(
                        "Set rapport.events.url (RAPPORT_EVENTS_URL): jdbc:postgresql://",
                        "Set rapport.read.url (RAPPORT_READ_URL): jdbc:postgresql://",
                        "Set rapport.audit.url (RAPPORT_AUDIT_URL): jdbc:postgresql://",
                        "rapport.master-key (RAPPORT_MASTER_KEY)",
                        "rapport.seal.key-file (RAPPORT_SEAL_KEY_FILE)",
                        "rapport.identity.users-file (RAPPORT_IDENTITY_USERS_FILE)");
    }

    @Test
    void makes_no_event_log() {
        String events = Database.POSTGRESQL.freshUrl();

        assertThatThrownBy(() -> RapportQueries.application()
                        .run(
                                "--rapport.master-key-file=key",
                                "--rapport.demo.password=a password",
                                "--rapport.seal.active=false",
                                "--server.port=0",
                                "--rapport.events.url=" + events,
                                "--rapport.events.username=postgres",
                                "--rapport.read.url=" + Database.POSTGRESQL.freshUrl(),
                                "--rapport.read.username=postgres",
                                "--rapport.audit.url=" + Database.POSTGRESQL.freshUrl(),
                                "--rapport.audit.username=postgres"))
                .hasStackTraceContaining("start a command side first");
    }

    @Test
    void quotes_no_row_when_a_statement_fails(@TempDir Path folder) {
        String events = Database.POSTGRESQL.freshUrl();
        Flyway.configure()
                .dataSource(events, Database.POSTGRESQL.user(), "")
                .locations(Database.POSTGRESQL.eventScripts())
                .load()
                .migrate();
        try (ConfigurableApplicationContext queries = RapportQueries.application()
                .run(
                        "--rapport.master-key=dGhlIG1hc3RlciBrZXkgb2YgYWxsIHRlc3RzISEhISE=",
                        "--rapport.demo.password=a password",
                        "--rapport.identity.users-file=" + folder.resolve("users"),
                        "--rapport.seal.key-file=" + folder.resolve("seal.key"),
                        "--rapport.seal.make-key=true",
                        "--server.port=0",
                        "--rapport.events.url=" + events,
                        "--rapport.events.username=postgres",
                        "--rapport.read.url=" + Database.POSTGRESQL.freshUrl(),
                        "--rapport.read.username=postgres",
                        "--rapport.audit.url=" + Database.POSTGRESQL.freshUrl(),
                        "--rapport.audit.username=postgres")) {
            assertThat(queries.getBeansOfType(HikariDataSource.class).values())
                    .extracting(HikariDataSource::getPoolName)
                    .containsExactlyInAnyOrder("events", "read", "audit", "seal");
            assertThat(queries.getBeansOfType(HikariDataSource.class).values())
                    .allSatisfy(pool -> assertThatThrownBy(() -> insertTwice("what was said", pool))
                            .as(pool.getPoolName())
                            .hasMessageContaining("duplicate key")
                            .message()
                            .doesNotContain("what was said"));
        }
    }

    private static void insertTwice(String text, DataSource pool) throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            // that of the events would only read
            statement.execute("set session characteristics as transaction read write");
            statement.execute("create temporary table said (text text primary key)");
            statement.execute("insert into said values ('" + text + "')");
            statement.execute("insert into said values ('" + text + "')");
        }
    }
}
