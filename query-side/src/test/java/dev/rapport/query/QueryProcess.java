package dev.rapport.query;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The query side in a process of its own, which has little memory. It ends when whoever started it does. */
final class QueryProcess implements AutoCloseable {

    private static final String LISTENING = "listening on ";

    private final Process process;
    private final URI root;

    private QueryProcess(Process process, URI root) {
        this.process = process;
        this.root = root;
    }

    static void main(String[] database) throws IOException {
        var queries = RunningQuerySide.of(new Log(Database.H2), Database.valueOf(database[0]), database[1]);
        System.out.println(LISTENING + queries.root());
        // nobody reads the pipe any more: what is logged from here on would fill it, and be seen by no one
        System.setOut(System.err);
        while (System.in.read() >= 0) {
            // nobody says anything; the end of the input is the end of who started this
        }
        System.exit(0);
    }

    /** Starts on a read database that is there already. */
    static QueryProcess on(Database database, String url, String... options) throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path log = Files.createTempFile("query-process-", ".log");
        var start = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED");
        start.command().addAll(List.of(options));
        start.command().addAll(List.of("-cp", classes, QueryProcess.class.getName(), database.name(), url));
        Process process = start.redirectError(log.toFile()).start();
        BufferedReader said = process.inputReader();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(LISTENING)) {
                return new QueryProcess(process, URI.create(line.substring(LISTENING.length())));
            }
        }
        throw new IllegalStateException("the query side did not start; see " + log);
    }

    URI root() {
        return root;
    }

    /** The most memory that the process has had so far, in KiB, as the kernel counts it. */
    long peakMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().orTimeout(1, TimeUnit.MINUTES).join();
    }
}
