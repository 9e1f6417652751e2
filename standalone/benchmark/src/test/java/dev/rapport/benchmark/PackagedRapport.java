package dev.rapport.benchmark;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rapport as it is handed out: the packaged jar with both sides, the seal and all projections, in a process of its own. */
final class PackagedRapport implements HttpSubject {

    static final String MASTER_KEY = "dGhlIG1hc3RlciBrZXkgb2YgYWxsIHRlc3RzISEhISE=";

    private static final Path JAR = Path.of("..", "target", "rapport.jar");
    private static final Duration LONGEST_START = Duration.ofMinutes(15);

    /** Who was asked for an AOT cache makes it at its end. */
    private static final Duration LONGEST_END = Duration.ofMinutes(3);

    private static final Pattern LAG = Pattern.compile("\"lagEvents\":(\\d+)");
    private static final int OK = 200;

    private final Process process;
    private final int port;
    private final Path log;
    private final long startedAt = System.nanoTime();

    private PackagedRapport(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** On PostgreSQL, with everything else below the folder. */
    static PackagedRapport on(Store.Postgres postgres, String events, String read, Path folder, int connections)
            throws IOException {
        PackagedRapport rapport = start(
                folder,
                List.of("-Xmx1g", "-jar", JAR.toString()),
                "--rapport.events.url=" + postgres.url(events),
                "--rapport.events.username=" + postgres.user(),
                "--rapport.events.pool-size=" + connections,
                "--rapport.read.url=" + postgres.url(read),
                "--rapport.read.username=" + postgres.user());
        rapport.awaitReady();
        return rapport;
    }

    /** Does not wait until it is ready. */
    static PackagedRapport start(Path folder, List<String> java, String... settings) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java);
        command.addAll(List.of(
                "--server.port=" + port,
                "--rapport.data-dir=" + folder.toAbsolutePath(),
                "--rapport.sample-data=false",
                "--rapport.master-key=" + MASTER_KEY,
                "--rapport.demo.password=" + Requests.PASSWORD,
                // one caller is the whole load here
                "--rapport.limits.burst=1000000",
                "--rapport.limits.requests-per-second=1000000",
                "--logging.level.root=warn"));
        command.addAll(List.of(settings));
        if (!Files.exists(JAR)) {
            throw new IllegalStateException("build standalone first: there is no " + JAR.toAbsolutePath());
        }
        Files.createDirectories(folder);
        Path log = Files.createDirectories(Path.of("target", "subjects")).resolve("packaged-rapport-" + port + ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new PackagedRapport(process, port, log);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public String name() {
        return "Rapport";
    }

    @Override
    public int port() {
        return port;
    }

    /** When the process was started, by {@link System#nanoTime()}. */
    long startedAt() {
        return startedAt;
    }

    void awaitReady() throws IOException {
        awaitAnswer(Requests.get("/actuator/health/readiness", "operator"));
    }

    /** Asks again and again, until the answer is a good one. */
    void awaitAnswer(byte[] request) throws IOException {
        long giveUpAt = System.nanoTime() + LONGEST_START.toNanos();
        while (System.nanoTime() < giveUpAt && process.isAlive()) {
            try (Connection connection = new Connection(port)) {
                if (connection.send(request).status() == OK) {
                    return;
                }
            } catch (ConnectException _) {
                // listens only when it is nearly ready
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        close();
        throw new IllegalStateException("Rapport did not start; see " + log.toAbsolutePath());
    }

    /** What a query answers; a good answer, or nothing can be measured. */
    String get(String path, String user) throws IOException {
        try (Connection connection = new Connection(port)) {
            Connection.Answer answer = connection.send(Requests.get(path, user));
            if (answer.status() != OK) {
                throw new IllegalStateException(path + " answered " + answer);
            }
            return answer.body();
        }
    }

    Connection.Answer post(String path, String json, String user) throws IOException {
        try (Connection connection = new Connection(port)) {
            return connection.send(Requests.post(path, json, user));
        }
    }

    @Override
    public boolean hasSettled() throws IOException {
        Matcher lag = LAG.matcher(get("/api/v1/operations/processors", "operator"));
        boolean settled = lag.find();
        lag.reset();
        while (lag.find()) {
            settled &= Long.parseLong(lag.group(1)) == 0;
        }
        return settled;
    }

    /** The memory that the process has now, in KiB, as the kernel counts it. */
    long residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(LONGEST_END.toSeconds(), TimeUnit.SECONDS).join();
    }
}
