package dev.rapport.journey;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * A PostgreSQL of a journey's own, which writes to its disk as one does in earnest: to be killed, and started again on what it left there, at
 * the same port. Its roles and databases are those that operations are told to make.
 */
final class PostgresServer implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(1);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);
    private static final String SUPERUSER = "postgres";

    /** What the containers start. */
    static final List<String> COMMAND = List.of("postgres", "-c", "max_connections=200");

    private final Path data;
    private final int port;
    private final List<String> settings;
    private final Map<String, String> environment = new HashMap<>();
    private volatile @Nullable Process process;
    private @Nullable Thread supervisor;
    private CompletableFuture<?> supervised = CompletableFuture.completedFuture(null);

    private PostgresServer(Path data, int port, List<String> settings) {
        this.data = data;
        this.port = port;
        this.settings = settings;
    }

    /** Makes a cluster in a directory that is empty or not there, and starts it. */
    static PostgresServer in(Path data, String... settings) throws IOException, InterruptedException, SQLException {
        return in(data, List.of(), settings);
    }

    /** As {@link #in(Path, String...)}, with options of {@code initdb}. */
    static PostgresServer in(Path data, List<String> ofTheCluster, String... settings)
            throws IOException, InterruptedException, SQLException {
        List<String> command = program("initdb");
        command.addAll(List.of(
                "--auth=trust", "--username=" + SUPERUSER, "--encoding=UTF8", "--locale=C", "--pgdata=" + data));
        command.addAll(ofTheCluster);
        Path log = log(data);
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("initdb failed; see " + log);
        }
        PostgresServer server = on(data, settings);
        try (Connection superuser = server.connect(SUPERUSER, SUPERUSER)) {
            ScriptUtils.executeSqlScript(superuser, new FileSystemResource("../docker/postgres/roles.sql"));
        }
        return server;
    }

    /** Starts on a cluster that is there. */
    static PostgresServer on(Path data, String... settings) throws IOException, InterruptedException {
        PostgresServer server = new PostgresServer(data, freePort(), List.of(settings));
        server.start();
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    String url(String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
    }

    int port() {
        return port;
    }

    Path data() {
        return data;
    }

    Connection connect(String database, String role) throws SQLException {
        return DriverManager.getConnection(url(database), role, "");
    }

    /** A number that the superuser sees in a database. */
    long number(String database, String query) throws SQLException {
        try (Connection superuser = connect(database, SUPERUSER);
                var statement = superuser.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** A variable of the environment for each start from now on. */
    PostgresServer with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Starts it where it was, and waits until it answers: what is left of a killed one may be in its way for a moment. */
    void start() throws IOException, InterruptedException {
        Instant giveUpAt = Instant.now().plus(LONGEST_START);
        do {
            process = launched();
            if (answers(giveUpAt)) {
                return;
            }
        } while (Instant.now().isBefore(giveUpAt));
        throw new IllegalStateException("PostgreSQL did not start; see " + log(data));
    }

    /**
     * Starts it again whenever it ends by itself, as whatever runs it in earnest would, or lets nobody in for long, until it is killed. The latter
     * since PostgreSQL 18 was seen to stay "in recovery mode" for good when its disk fails while it recovers: its startup process is gone then,
     * and it neither starts another one nor ends.
     */
    void supervise() {
        CompletableFuture<?> ended = new CompletableFuture<>();
        supervised = ended;
        supervisor = Thread.ofPlatform()
                .daemon()
                .name("supervisor of PostgreSQL")
                .start(() -> {
                    try {
                        Instant answeredAt = Instant.now();
                        while (true) {
                            boolean over = running().waitFor(500, TimeUnit.MILLISECONDS);
                            if (!over && answers()) {
                                answeredAt = Instant.now();
                            } else if (over || Instant.now().isAfter(answeredAt.plus(LONGEST_SILENCE))) {
                                killProcesses();
                                TimeUnit.MILLISECONDS.sleep(500);
                                process = launched();
                                answeredAt = Instant.now();
                            }
                        }
                    } catch (InterruptedException killed) {
                        ended.complete(null);
                    } catch (IOException e) {
                        ended.completeExceptionally(e);
                    }
                });
    }

    private Process running() {
        Process current = process;
        if (current == null) {
            throw new IllegalStateException("PostgreSQL was not started");
        }
        return current;
    }

    private Process launched() throws IOException {
        List<String> command = program(COMMAND.getFirst());
        command.addAll(COMMAND.subList(1, COMMAND.size()));
        command.addAll(List.of("-D", data.toString(), "-p", String.valueOf(port), "-k", ""));
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        ProcessBuilder start = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(data).toFile()));
        start.environment().putAll(environment);
        return start.start();
    }

    private boolean answers(Instant giveUpAt) {
        while (running().isAlive() && Instant.now().isBefore(giveUpAt)) {
            if (answers()) {
                return true;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return false;
    }

    /** Whether it lets somebody in at the moment. */
    boolean answers() {
        try (Connection connection = connect(SUPERUSER, SUPERUSER)) {
            return connection.isValid(1);
        } catch (SQLException away) {
            return false;
        }
    }

    /** Ends all of its processes as {@code kill -9} does: nothing is written any more. */
    void kill() {
        Thread current = supervisor;
        if (current != null) {
            current.interrupt();
            supervised.join();
            supervisor = null;
        }
        killProcesses();
    }

    private void killProcesses() {
        Process postmaster = running();
        List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
        postmaster.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        postmaster.onExit().join();
        all.forEach(child -> child.onExit().join());
    }

    /** Beside the data, which has to be empty at first and may be on a full disk later. */
    private static Path log(Path data) {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    /** A program of PostgreSQL, which refuses to run as root. */
    private static List<String> program(String name) {
        List<String> command = new ArrayList<>(LinuxUtils.isUnshareAvailable() ? List.of("unshare", "-U") : List.of());
        command.add(Programs.FOLDER.resolve(name).toString());
        return command;
    }

    @Override
    public void close() {
        kill();
    }

    /** Where the programs are that the build brings: told by one that runs. */
    private static final class Programs {

        static final Path FOLDER = folder();

        private static Path folder() {
            try (EmbeddedPostgres once = EmbeddedPostgres.start();
                    Connection connection = once.getPostgresDatabase().getConnection();
                    ResultSet row = connection
                            .createStatement()
                            .executeQuery("select setting || '/postmaster.pid' from"
                                    + " pg_settings where name = 'data_directory'")) {
                row.next();
                String pid = Files.readAllLines(Path.of(row.getString(1))).getFirst();
                return Path.of(ProcessHandle.of(Long.parseLong(pid.strip()))
                                .flatMap(postmaster -> postmaster.info().command())
                                .orElseThrow())
                        .getParent();
            } catch (IOException | SQLException e) {
                throw new IllegalStateException("cannot tell where PostgreSQL's programs are", e);
            }
        }
    }
}
