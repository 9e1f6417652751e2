package dev.rapport.journey;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Rapport, or a side of it, in a process of its own, started from the packaged jar, to be killed. */
final class RapportProcess implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    /** Written by the containers' build: where what a first run loaded is kept. */
    private static final String OPTIONS_OF_THE_BUILD = "@java-options";

    /** What the containers start. */
    static final List<String> ENTRY_POINT =
            List.of("java", OPTIONS_OF_THE_BUILD, "-XX:MaxRAMPercentage=75", "-jar", "rapport.jar");

    /** So that many fit on one machine. */
    private static final List<String> SMALL = List.of("-Xmx256m");

    private final Process process;
    private final String server;
    private final Path log;

    private RapportProcess(Process process, String server, Path log) {
        this.process = process;
        this.server = server;
        this.log = log;
    }

    /** Starts Rapport on the data of a directory and waits until it is ready. */
    static RapportProcess on(Path data, String... settings) throws IOException, InterruptedException {
        Map<String, String> environment = Map.of(
                "RAPPORT_DATA_DIR",
                data.toString(),
                "RAPPORT_DEMO_PASSWORD",
                RunningRapport.PASSWORD,
                "RAPPORT_SAMPLE_DATA",
                "false");
        return of("target/rapport.jar", data.resolve("rapport.log"), environment, settings);
    }

    /** Starts a jar on a free port and waits until it is ready. */
    static RapportProcess of(String jar, Path log, Map<String, String> environment, String... settings)
            throws IOException, InterruptedException {
        RapportProcess rapport = of(List.of("-jar", jar), log, environment, settings);
        if (Files.readString(log).contains("A restricted method")) {
            rapport.kill();
            throw new IllegalStateException(jar + " does not say that it loads native code");
        }
        return rapport;
    }

    /** Starts a program on a free port, told as Java wants to be told of it, and waits until it is ready. */
    static RapportProcess of(List<String> program, Path log, Map<String, String> environment, String... settings)
            throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = new ArrayList<>(ENTRY_POINT.subList(0, ENTRY_POINT.indexOf("-jar")));
        command.remove(OPTIONS_OF_THE_BUILD);
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(1, SMALL);
        command.addAll(program);
        command.add("--server.port=" + port);
        command.addAll(List.of(settings));
        ProcessBuilder start = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        start.environment().putAll(environment);
        RapportProcess rapport = new RapportProcess(start.start(), "http://127.0.0.1:" + port, log);
        try {
            rapport.awaitReady();
            return rapport;
        } catch (IllegalStateException notReady) {
            rapport.kill();
            throw notReady;
        }
    }

    /** Where it listens, without a path. */
    String address() {
        return server;
    }

    Client as(String user) {
        return new Client(server, user, RunningRapport.PASSWORD);
    }

    /** What it has written to its log so far. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** What it tells everybody of its readiness, who may be sent requests or not. */
    Client.Answer readiness() {
        return new Client(server, "", "").ready();
    }

    long pid() {
        return process.pid();
    }

    /** The names of all classes that it has loaded, as its JVM tells them. */
    String classes() throws IOException {
        Process asked = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(pid()),
                        "VM.class_hierarchy")
                .redirectErrorStream(true)
                .start();
        return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The most memory that the process has had so far, in KiB, as the kernel counts it. */
    long peakMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** Ends the process as {@code kill -9} does: nothing of it runs any more, not even a shutdown hook. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    private void awaitReady() throws InterruptedException, IOException {
        HttpRequest ready = HttpRequest.newBuilder(URI.create(server + "/actuator/health/readiness"))
                .build();
        Instant giveUpAt = Instant.now().plus(LONGEST_START);
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (Instant.now().isBefore(giveUpAt) && process.isAlive()) {
                try {
                    if (http.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
                        return;
                    }
                } catch (IOException notYet) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                }
            }
        }
        throw new IllegalStateException("Rapport did not start; see " + log);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(1, TimeUnit.MINUTES).join();
    }
}
