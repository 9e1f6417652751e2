package dev.rapport.benchmark;

import dev.rapport.benchmark.subject.Run;
import dev.rapport.benchmark.subject.SubjectProcess;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A subject in a process of its own, so that nobody pays for another one's heap and compiler. It idles while it is not its turn. */
final class SubjectInProcess implements AutoCloseable {

    private static final String HEAP = "-Xmx1g";

    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter orders;
    private final Path log;

    private SubjectInProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        this.log = log;
    }

    /** Starts a subject and waits until it takes orders; its log is named after its database. */
    static SubjectInProcess start(String name, String url, ClassPath classPath, String main, Map<String, ?> settings)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath.toString()));
        settings.forEach((setting, value) -> command.add("-Dsubject." + setting + "=" + value));
        command.add(main);
        Path log = Files.createDirectories(Path.of("target", "subjects"))
                .resolve(url.replaceAll(";.*|.*[/\\\\]", "") + ".log");
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        SubjectInProcess subject = new SubjectInProcess(name, process, log);
        try {
            subject.requireAnswer(subject.answers.readLine());
            return subject;
        } catch (IllegalStateException notStarted) {
            subject.close();
            throw notStarted;
        }
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    /** Has an order carried out, and answers with what the subject said. */
    String ask(String order) throws IOException {
        orders.write(order);
        orders.newLine();
        orders.flush();
        return requireAnswer(answers.readLine());
    }

    Run run(Duration length) throws IOException {
        return Run.read(ask("run " + length.toMillis()));
    }

    private String requireAnswer(String line) {
        if (line == null || line.startsWith(SubjectProcess.FAILED)) {
            throw new IllegalStateException(name + ": " + line + "; see " + log.toAbsolutePath());
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        orders.close();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
