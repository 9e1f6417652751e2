package dev.rapport.events.storage;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the events are, and how any process gets at them, whichever sides it has. The URL alone chooses between H2 and PostgreSQL.
 *
 * @param poolSize how many connections at most
 */
@Validated
@ConfigurationProperties("rapport.events")
public record EventDatabase(
        @NotBlank String url,
        @DefaultValue("sa") String username,
        @DefaultValue("") String password,
        @DefaultValue("10") @Min(2) int poolSize) {

    private static final Duration LOOK_FOR_EVENTS_OF_OTHER_PROCESSES = Duration.ofMillis(100);
    private static final Duration LOOK_AT_CLOCKS = Duration.ofSeconds(10);

    public boolean isPostgres() {
        return ConnectionPool.isPostgres(url);
    }

    /** Connections for who reads or appends. */
    public HikariDataSource pool(String name) {
        return pool(name, new HikariDataSource());
    }

    /** The same, from a pool that does more than others. */
    public <P extends HikariDataSource> P pool(String name, P pool) {
        return ConnectionPool.set(pool, name, url, username, password, poolSize);
    }

    /** Connections as another role. */
    public HikariDataSource pool(String name, String role, String password, int size) {
        return ConnectionPool.set(new HikariDataSource(), name, url, role, password, size);
    }

    /** The log, which hears of what other processes append where there can be others. */
    public EventLog log(DataSource pool, PersonalKeys keys) {
        return new EventLog(pool, LOOK_FOR_EVENTS_OF_OTHER_PROCESSES, keys, bell());
    }

    /** None where one process has the file. */
    private @Nullable LogBell bell() {
        return isPostgres() ? new LogBell(ConnectionPool.unpooled("bell", url, username, password)) : null;
    }

    /** A look at the clocks of the process and of the database, not begun yet. */
    public ClockSkew clockSkew(EventLog log, Clock clock) {
        return new ClockSkew(log, clock, LOOK_AT_CLOCKS);
    }
}
