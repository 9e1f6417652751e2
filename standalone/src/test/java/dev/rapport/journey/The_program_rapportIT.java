package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The client's jar, as a process. */
@Tag("faults")
class The_program_rapportIT {

    private static final Path JAR = Path.of("client/target/rapport-client.jar");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int CALLS = 8_000;
    private static final int SOME = 500;
    private static final Pattern DONE_BEFORE = Pattern.compile("goes on where it was broken off: (\\d+) are done");

    @TempDir
    private Path data;

    @TempDir
    private Path folder;

    /** The one that is named, or else one that is on the path or lies where Debian and SDKMAN put theirs. */
    private static Optional<Path> java17() throws IOException {
        String named = System.getenv("JAVA17_HOME");
        if (named != null) {
            Path java = Path.of(named, "bin/java");
            assertThat(isJava17(java)).as("%s is a Java 17", java).isTrue();
            return Optional.of(java);
        }
        List<Path> candidates = new ArrayList<>();
        for (String onPath : System.getenv("PATH").split(File.pathSeparator, -1)) {
            candidates.add(Path.of(onPath, "java"));
        }
        for (Path installed :
                List.of(Path.of("/usr/lib/jvm"), Path.of(System.getProperty("user.home"), ".sdkman/candidates/java"))) {
            if (Files.isDirectory(installed)) {
                try (Stream<Path> homes = Files.list(installed)) {
                    homes.map(home -> home.resolve("bin/java")).forEach(candidates::add);
                }
            }
        }
        for (Path java : candidates) {
            if (Files.isRegularFile(java) && Files.isExecutable(java) && isJava17(java)) {
                return Optional.of(java);
            }
        }
        return Optional.empty();
    }

    private static boolean isJava17(Path java) throws IOException {
        Process version = new ProcessBuilder(java.toString(), "-version")
                .redirectErrorStream(true)
                .start();
        return new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8).contains("version \"17.");
    }

    private Process start(RunningRapport rapport, String java, Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(java, "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder start =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        start.environment().put("RAPPORT_URL", rapport.address());
        start.environment().put("RAPPORT_USER", "head");
        start.environment().put("RAPPORT_PASSWORD", RunningRapport.PASSWORD);
        return start.start();
    }

    private static String here() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    @Test
    void runs_on_java_17_and_is_small() throws Exception {
        assertThat(JAR).exists();
        assertThat(Files.size(JAR)).isLessThan(2_000_000);
        Optional<Path> java = java17();
        assumeTrue(java.isPresent(), "there is no Java 17 here");
        Path output = folder.resolve("output");
        Path file = Files.writeString(folder.resolve("one.ndjson"), """
            {"command": "RegisterStakeholder", "id": "s", "name": "S", "kind": "SUPPLIER", "group": "g"}
            {"command": "EstablishRelationship", "id": "r", "stakeholderId": "s"}
            """);
        try (RunningRapport rapport = RunningRapport.in(data)) {
            for (String[] arguments : List.of(
                    new String[] {"--version"},
                    new String[] {"import", file.toString()},
                    new String[] {"history", "r"},
                    new String[] {"export", "relationships"})) {
                Process process = start(rapport, java.get().toString(), output, arguments);

                assertThat(process.waitFor()).as(Files.readString(output)).isZero();
            }
            assertThat(output).content().contains("managerId").contains("as of position");
            assertThat(start(rapport, java.get().toString(), output, "verify", file.toString())
                            .waitFor())
                    .isEqualTo(1);
            assertThat(output).content().startsWith("REFUSED: ");
        }
    }

    @Test
    void is_killed_in_the_middle_of_an_import_and_goes_on() throws Exception {
        Path file = folder.resolve("calls.ndjson");
        Files.write(
                file,
                Stream.concat(
                                Stream.of(
                                        "{\"command\": \"RegisterStakeholder\", \"id\": \"s\", \"name\": \"S\","
                                                + " \"kind\": \"SUPPLIER\", \"group\": \"g\"}",
                                        "{\"command\": \"EstablishRelationship\", \"id\": \"r\", \"stakeholderId\":"
                                                + " \"s\"}"),
                                IntStream.range(0, CALLS)
                                        .mapToObj(i -> "{\"command\": \"LogInteraction\", \"relationshipId\": \"r\","
                                                + " \"channel\": \"CALL\", \"summary\": \"call " + i + "\"}"))
                        .toList());
        Path journal = folder.resolve("calls.ndjson.rapport-import");
        Path output = folder.resolve("output");
        try (RunningRapport rapport = RunningRapport.in(data)) {
            Process killed = start(rapport, here(), output, "import", file.toString());
            awaitSome(killed, journal, output);
            killed.destroyForcibly();
            assertThat(killed.waitFor()).isNotZero();
            long done = done(journal);

            Process goesOn = start(rapport, here(), output, "import", file.toString());

            assertThat(goesOn.waitFor()).as(Files.readString(output)).isZero();
            String said = Files.readString(output);
            System.out.printf("killed after %d of %d; then: %s%n", done, CALLS + 2, said.replace("\n", " | "));
            assertThat(DONE_BEFORE.matcher(said).results().map(result -> Long.parseLong(result.group(1))))
                    .containsExactly(done);
            assertThat(done).isBetween((long) SOME, (long) CALLS);
            assertThat(journal).doesNotExist();
            assertThat(summaries(rapport, output)).hasSize(CALLS).doesNotHaveDuplicates();
        }
    }

    private static void awaitSome(Process importing, Path journal, Path output) throws IOException {
        Instant giveUpAt = Instant.now().plus(PATIENCE);
        while (done(journal) < SOME) {
            if (Instant.now().isAfter(giveUpAt) || !importing.isAlive()) {
                throw new AssertionError("the import could not be killed in its middle: " + Files.readString(output));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static long done(Path journal) throws IOException {
        if (!Files.exists(journal)) {
            return 0;
        }
        JsonNode entry = JsonMapper.shared().readTree(Files.readAllBytes(journal));
        return Stream.of("accepted", "repeated", "refused", "unusable", "passedOver")
                .mapToLong(count -> entry.path(count).asLong())
                .sum();
    }

    private List<String> summaries(RunningRapport rapport, Path output) throws Exception {
        Path exported = folder.resolve("history.ndjson");
        rapport.as("head")
                .awaitSeen(rapport.as("head")
                        .command("/relationships/r/desired-levels", Client.fields("level", "ADDED_VALUE")));
        Process export = start(
                rapport,
                here(),
                output,
                "export",
                "relationships/r/history",
                "--filter",
                "type=InteractionLogged",
                "-o",
                exported.toString());
        assertThat(export.waitFor()).as(Files.readString(output)).isZero();
        try (Stream<String> lines = Files.lines(exported)) {
            return lines.map(line -> JsonMapper.shared()
                            .readTree(line)
                            .path("data")
                            .path("summary")
                            .asString())
                    .toList();
        }
    }
}
