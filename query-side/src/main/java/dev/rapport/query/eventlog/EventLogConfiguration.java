package dev.rapport.query.eventlog;

import com.zaxxer.hikari.HikariDataSource;
import dev.rapport.events.problem.StartRefused;
import dev.rapport.events.storage.ClockSkew;
import dev.rapport.events.storage.EventDatabase;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.MasterKeys;
import dev.rapport.events.storage.NewerVersion;
import dev.rapport.events.storage.PersonalKeys;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * What a command side in the same process would bring: the log, here on connections that write nothing, and the time. It makes no table: that
 * is the command side's. No {@code @Configuration}, which the query side's own scan would find: an application imports it that has no command side.
 */
@EnableConfigurationProperties(EventDatabase.class)
public class EventLogConfiguration {

    /** The table is not there, or not for this role. */
    private static final Set<String> NOT_FOR_US = Set.of("42P01", "42501");

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean(destroyMethod = "close")
    HikariDataSource eventsDataSource(EventDatabase database) {
        HikariDataSource pool = database.pool("events");
        // whatever else the role may do
        pool.setConnectionInitSql("set default_transaction_read_only = on");
        try {
            requireLog(pool);
            return pool;
        } catch (RuntimeException failed) {
            pool.close();
            throw failed;
        }
    }

    static void requireLog(DataSource pool) {
        try (var connection = pool.getConnection();
                var query = connection.prepareStatement("select position from event_log limit 0")) {
            query.executeQuery();
        } catch (SQLException failed) {
            if (failed.getSQLState() != null && NOT_FOR_US.contains(failed.getSQLState())) {
                throw new StartRefused(
                        "the event database has no event log that this role may read",
                        "start a command side first, which makes it, and see docker/postgres/roles.sql for who may do"
                                + " what",
                        failed);
            }
            throw new IllegalStateException("the event database does not answer", failed);
        }
    }

    @Bean
    PersonalKeys personalKeys(
            @Qualifier("eventsDataSource") DataSource dataSource,
            @Value("${rapport.master-key:}") String key,
            @Value("${rapport.master-key-file:}") String file,
            @Value("${rapport.former-master-key:}") String formerKey,
            @Value("${rapport.former-master-key-file:}") String formerFile) {
        return PersonalKeys.toRead(dataSource, MasterKeys.named(key, file, formerKey, formerFile));
    }

    @Bean(destroyMethod = "close")
    EventLog eventLog(EventDatabase database, @Qualifier("eventsDataSource") DataSource dataSource, PersonalKeys keys) {
        return database.log(dataSource, keys);
    }

    /** Told as "version". */
    @Bean
    NewerVersion versionHealthIndicator(EventLog log) {
        return log.newerVersion();
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ClockSkew clockSkew(EventDatabase database, EventLog log, Clock clock) {
        return database.clockSkew(log, clock);
    }
}
