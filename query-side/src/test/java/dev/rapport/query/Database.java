package dev.rapport.query;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases that the read models can be kept in, both of them real. */
public enum Database {
    H2 {
        @Override
        public String freshUrl() {
            try {
                return FILE + Files.createTempDirectory("rapport-") + "/" + freshName();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String copyOf(String url) {
            String copy = freshUrl();
            try {
                Files.copy(file(url), file(copy));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return copy;
        }

        private static Path file(String url) {
            return Path.of(url.substring(FILE.length()) + ".mv.db");
        }

        @Override
        public String user() {
            return "sa";
        }
    },
    POSTGRESQL {
        @Override
        public String freshUrl() {
            return created("");
        }

        @Override
        public String copyOf(String url) {
            return created(" template " + url.replaceFirst(".*/(\\w+).*", "$1"));
        }

        private static String created(String how) {
            String name = freshName();
            try (var connection = Server.RUNNING.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database " + name + how);
                return Server.RUNNING.getJdbcUrl("postgres", name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String user() {
            return "postgres";
        }
    };

    private static final String FILE = "jdbc:h2:file:";
    private static final AtomicInteger COUNTER = new AtomicInteger();

    public abstract String freshUrl();

    /** A new database with all that there is in another one, to which nobody is connected any more. */
    public abstract String copyOf(String url);

    public abstract String user();

    String eventScripts() {
        return "classpath:db/events/" + name().toLowerCase(Locale.ROOT);
    }

    private static String freshName() {
        return "test_" + COUNTER.incrementAndGet();
    }

    /** One server for all tests; it ends with the JVM. */
    private static final class Server {

        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                // tests start whole query sides side by side, each with pools of its own
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "500")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
