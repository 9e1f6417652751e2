package dev.rapport.events.storage;

import static dev.rapport.events.storage.TestLog.anEvent;
import static dev.rapport.events.storage.TestLog.positions;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H2 shows a commit before it writes it; a long write delay makes that moment last. */
class What_a_reader_has_seen_on_h2 {

    @TempDir
    Path folder;

    private HikariDataSource dataSource;
    private EventLog log;

    @BeforeEach
    void open() throws SQLException {
        dataSource = dataSourceOf("events", ";WRITE_DELAY=1000000");
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/events/h2")
                .load()
                .migrate();
        log = logIn(dataSource);
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("checkpoint");
        }
        try (var writer = new Writer(log, dataSource, Clock.systemUTC())) {
            writer.append(anEvent());
            writer.commit();
        }
    }

    @AfterEach
    void close() {
        dataSource.close();
    }

    @Test
    void outlasts_a_crash_right_after_it_was_seen() throws IOException {
        assertThat(positions(log.read(0, 10))).containsExactly(1L);

        assertThat(afterACrash()).isEqualTo(1);
    }

    @Test
    void outlasts_a_crash_when_only_the_end_was_asked_for() throws IOException {
        assertThat(log.lastStablePosition()).isEqualTo(1);

        assertThat(afterACrash()).isEqualTo(1);
    }

    /** The last position in what the file holds at this moment. */
    private long afterACrash() throws IOException {
        Files.copy(folder.resolve("events.mv.db"), folder.resolve("left.mv.db"));
        try (var left = dataSourceOf("left", "")) {
            return logIn(left).lastStablePosition();
        }
    }

    private HikariDataSource dataSourceOf(String name, String settings) {
        var source = new HikariDataSource();
        source.setJdbcUrl("jdbc:h2:file:" + folder.resolve(name) + settings);
        source.setUsername("sa");
        return source;
    }

    private static EventLog logIn(HikariDataSource source) {
        return new EventLog(source, Duration.ofMillis(100), PersonalKeys.in(source, TestLog.MASTER_KEY));
    }
}
