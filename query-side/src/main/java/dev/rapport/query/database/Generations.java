package dev.rapport.query.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jooq.SQLDialect;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The generations of the read models. Each has a schema of its own, with the same tables; one of them is live. Which one is a row of the
 * schema that they share, and every transaction looks there as it begins: whoever changes that row changes over all nodes at once, and no
 * transaction ever sees two generations.
 *
 * <p>What writes to the live generation says so first ({@link #enterLive}). Then there is a moment at which nobody does ({@link #pause}): it
 * takes one to compare two generations at one position, and to put the one in the other's place.
 */
public final class Generations {

    private static final String OPERATIONS = "operations";
    private static final String READ_MODELS = "classpath:db/read";
    private static final int FIRST = 1;
    private static final int EVERYBODY = Integer.MAX_VALUE;

    private static final ScopedValue<Integer> CHOSEN = ScopedValue.newInstance();

    private final DataSource pool;
    private final Entrance entrance;
    private final Dialect dialect;

    /** The versions of all scripts that this version of Rapport has for the tables of a generation. */
    private final AtomicReference<Set<String>> known = new AtomicReference<>(Set.of());

    Generations(DataSource pool, SQLDialect dialect) {
        this.pool = pool;
        this.dialect = dialect == SQLDialect.H2 ? new H2(new Semaphore(EVERYBODY, true)) : new PostgreSql();
        this.entrance = new Entrance(pool, this.dialect);
    }

    /** What each database has to know of generations. */
    private sealed interface Dialect {

        /** Has the connection work on the live generation. */
        void enterLive(Connection connection) throws SQLException;

        /** Has the connection work on a generation. */
        void enter(Connection connection, int generation) throws SQLException;

        /** Keeps the live generation from being changed over, or compared, until the transaction ends. */
        void keepLive(Connection connection) throws SQLException;

        /** Waits until no transaction keeps the live generation, and has those to come wait. */
        void pause(Connection connection) throws SQLException;

        void resume(Connection connection) throws SQLException;

        /** Has the transaction be over before the disk has it. */
        void waitForNoDisk(Connection connection) throws SQLException;

        /** Has others who prepare the schemas wait. */
        void prepareAlone(Connection connection) throws SQLException;
    }

    /** By the path that names are looked up along, set and told in one statement; and by locks that no row has to be written for. */
    private record PostgreSql() implements Dialect {

        private static final long PREPARING = 4_927_132;
        private static final long LIVE = 4_927_133;

        @Override
        public void enterLive(Connection connection) throws SQLException {
            execute(
                    connection,
                    "select set_config('search_path', 'g' || number || ', operations', false) from"
                            + " \"operations\".live_generation");
        }

        @Override
        public void enter(Connection connection, int generation) throws SQLException {
            execute(
                    connection,
                    "select set_config('search_path', '" + schema(generation) + ", " + OPERATIONS + "', false)");
        }

        @Override
        public void keepLive(Connection connection) throws SQLException {
            execute(connection, "select pg_advisory_xact_lock_shared(" + LIVE + ")");
        }

        @Override
        public void pause(Connection connection) throws SQLException {
            execute(connection, "select pg_advisory_lock(" + LIVE + ")");
        }

        @Override
        public void resume(Connection connection) throws SQLException {
            execute(connection, "select pg_advisory_unlock(" + LIVE + ")");
        }

        @Override
        public void waitForNoDisk(Connection connection) throws SQLException {
            execute(connection, "select set_config('synchronous_commit', 'off', true)");
        }

        @Override
        public void prepareAlone(Connection connection) throws SQLException {
            execute(connection, "select pg_advisory_xact_lock(" + PREPARING + ")");
        }
    }

    /** H2 is in our own process, and so may be the lock: its row locks were seen to be granted twice. */
    private record H2(Semaphore entries) implements Dialect {

        @Override
        public void enterLive(Connection connection) throws SQLException {
            enter(connection, live(connection));
        }

        @Override
        public void enter(Connection connection, int generation) throws SQLException {
            execute(connection, "set schema \"" + schema(generation) + "\"");
            execute(connection, "set schema_search_path \"" + OPERATIONS + "\"");
        }

        @Override
        public void keepLive(Connection connection) {
            entries.acquireUninterruptibly();
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCompletion(int status) {
                    entries.release();
                }
            });
        }

        @Override
        public void pause(Connection connection) {
            entries.acquireUninterruptibly(EVERYBODY);
        }

        @Override
        public void resume(Connection connection) {
            entries.release(EVERYBODY);
        }

        @Override
        public void waitForNoDisk(Connection connection) {
            // it is the URL that tells how soon H2 writes
        }

        @Override
        public void prepareAlone(Connection connection) {
            // nobody else has the file
        }
    }

    /** Where everybody else gets connections from: each works on one generation. */
    private static final class Entrance extends DelegatingDataSource {

        private final Dialect dialect;

        Entrance(DataSource pool, Dialect dialect) {
            super(pool);
            this.dialect = dialect;
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            try {
                if (CHOSEN.isBound()) {
                    dialect.enter(connection, CHOSEN.get());
                } else {
                    dialect.enterLive(connection);
                }
                return connection;
            } catch (SQLException | RuntimeException failed) {
                connection.close();
                throw failed;
            }
        }
    }

    DataSource dataSource() {
        return entrance;
    }

    /** The schema of a generation. */
    public static String schema(int generation) {
        return "g" + generation;
    }

    /** Sees to it that there is a live generation, and that its tables and the shared ones are those of today. */
    void prepare() {
        withConnection(connection -> {
            connection.setAutoCommit(false);
            dialect.prepareAlone(connection);
            migrate(OPERATIONS, "classpath:db/operations");
            int live = live(connection);
            if (live == 0) {
                create(FIRST);
                execute(
                        connection,
                        "insert into \"operations\".generation (number, state, since) values (" + FIRST
                                + ", 'LIVE', current_timestamp)");
                execute(
                        connection,
                        "insert into \"operations\".live_generation (id, number) values (1, " + FIRST + ")");
            } else {
                create(live);
            }
            known.set(scripts());
            connection.commit();
            return live;
        });
    }

    /** Makes the tables of a generation, or brings those that there are up to today; tells how many scripts that took. */
    public int create(int generation) {
        return migrate(schema(generation), READ_MODELS);
    }

    private int migrate(String schema, String scripts) {
        return Flyway.configure()
                .dataSource(pool)
                .schemas(schema)
                .locations(scripts)
                .load()
                .migrate()
                .migrationsExecuted;
    }

    private Set<String> scripts() {
        return Arrays.stream(Flyway.configure()
                        .dataSource(pool)
                        .schemas(schema(FIRST))
                        .locations(READ_MODELS)
                        .load()
                        .info()
                        .all())
                .filter(script -> script.getState().isResolved())
                .map(script -> String.valueOf(script.getVersion()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a newer version of Rapport has brought the tables of the live generation beyond what this one knows. */
    public boolean isLiveNewer() {
        return withConnection(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("select \"version\" from \"" + schema(live(connection))
                            + "\".\"flyway_schema_history\" where \"version\" is not null")) {
                boolean newer = false;
                while (rows.next()) {
                    newer |= !known.get().contains(rows.getString(1));
                }
                return newer;
            }
        });
    }

    /** Removes a generation with all its rows. */
    public void drop(int generation) {
        withConnection(connection -> {
            execute(connection, "drop schema if exists \"" + schema(generation) + "\" cascade");
            return generation;
        });
    }

    /** Does work whose transactions are all in one generation, whichever is live. */
    public static <T> T in(int generation, Supplier<T> work) {
        return ScopedValue.where(CHOSEN, generation).call(work::get);
    }

    /** The generation that answers queries at this moment. */
    public int live() {
        return withConnection(Generations::live);
    }

    /**
     * Has the running transaction, which has done nothing yet, write to the live generation: it stays the live one until the transaction ends.
     * Work in another generation just goes on there.
     */
    public void enterLive() {
        if (CHOSEN.isBound()) {
            return;
        }
        inTransaction(connection -> {
            dialect.keepLive(connection);
            dialect.enterLive(connection);
        });
    }

    /**
     * Has the running transaction be over before the disk has what it wrote. When the database is killed, the newest of such transactions are
     * as if they had never been, each as a whole: right for who writes what is made of the log, together with how far the log was read.
     */
    public void waitForNoDisk() {
        inTransaction(dialect::waitForNoDisk);
    }

    private interface Step {
        void on(Connection connection) throws SQLException;
    }

    private void inTransaction(Step step) {
        Connection connection = DataSourceUtils.getConnection(entrance);
        try {
            step.on(connection);
        } catch (SQLException failed) {
            throw away(failed);
        } finally {
            DataSourceUtils.releaseConnection(connection, entrance);
        }
    }

    /** A time in which nobody writes to the live generation but who has this. */
    public final class Pause implements AutoCloseable {

        private final Connection connection;

        private Pause(Connection connection) throws SQLException {
            this.connection = connection;
            dialect.pause(connection);
        }

        @Override
        public void close() {
            try (connection) {
                dialect.resume(connection);
            } catch (SQLException failed) {
                throw away(failed);
            }
        }
    }

    /** Waits for those who write to the live generation, and has those to come wait for the end of the pause: it must be short. */
    public Pause pause() {
        try {
            return new Pause(pool.getConnection());
        } catch (SQLException failed) {
            throw away(failed);
        }
    }

    private static int live(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select number from \"operations\".live_generation")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T withConnection(Work<T> work) {
        try (var connection = pool.getConnection()) {
            return work.on(connection);
        } catch (SQLException failed) {
            throw away(failed);
        }
    }

    private static DataAccessResourceFailureException away(SQLException failed) {
        return new DataAccessResourceFailureException("the generations of the read models cannot be told", failed);
    }
}
