package dev.rapport.events.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.util.DriverDataSource;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;

/** How every process of Rapport connects to its databases, of whichever kind. */
public final class ConnectionPool {

    /** How long anybody waits for a connection, so that who waits for the answer is told within five seconds that there is none. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private ConnectionPool() {}

    /**
     * Sets up a pool.
     *
     * @param pool its settings, or itself as long as it has not been used
     * @param name what it is for; by it whoever runs the database tells the connections apart
     * @param most how many connections there are at most
     */
    public static <C extends HikariConfig> C set(
            C pool, String name, String url, String username, String password, int most) {
        pool.setPoolName(name);
        pool.setJdbcUrl(url);
        pool.setUsername(username);
        pool.setPassword(password);
        pool.setMaximumPoolSize(most);
        pool.setConnectionTimeout(PATIENCE.toMillis());
        pool.setDataSourceProperties(properties(name, url));
        return pool;
    }

    /** Connections in no pool, for who wants one for as long as it works: a new one each time. */
    public static DataSource unpooled(String name, String url, String username, String password) {
        return new DriverDataSource(url, null, properties(name, url), username, password);
    }

    /** What a connection is made with; what the URL says of the same takes precedence. */
    private static Properties properties(String name, String url) {
        var properties = new Properties();
        if (isPostgres(url)) {
            properties.setProperty("ApplicationName", "rapport " + name);
            // else what could not be written, texts of people among it, would be told in the log
            properties.setProperty("logServerErrorDetail", "false");
            // else a database whose machine is gone without a word would be waited for, for good
            properties.setProperty("tcpKeepAlive", "true");
        }
        return properties;
    }

    static boolean isPostgres(String url) {
        return url.startsWith("jdbc:postgresql:");
    }
}
