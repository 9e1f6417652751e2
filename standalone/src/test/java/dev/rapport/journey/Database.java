package dev.rapport.journey;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases that Rapport can be run on, both of them real. */
enum Database {
    H2 {
        @Override
        Map<String, String> settings() {
            return Map.of();
        }
    },
    POSTGRESQL {
        @Override
        Map<String, String> settings() {
            return Map.of(
                    "rapport.events.url",
                    fresh("events"),
                    "rapport.events.username",
                    "postgres",
                    "rapport.read.url",
                    fresh("read"),
                    "rapport.read.username",
                    "postgres",
                    "rapport.audit.url",
                    fresh("audit"),
                    "rapport.audit.username",
                    "postgres");
        }
    };

    private static final AtomicInteger COUNTER = new AtomicInteger();

    /** Settings of a Rapport that keeps everything in new databases of this kind. */
    abstract Map<String, String> settings();

    private static String fresh(String what) {
        String name = what + COUNTER.incrementAndGet();
        try (var connection = Server.RUNNING.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
            return Server.RUNNING.getJdbcUrl("postgres", name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One server for all tests; it ends with the JVM. */
    private static final class Server {

        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
