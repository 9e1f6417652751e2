package dev.rapport.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A version of Rapport after this one, to run beside it: the packaged programs, with an event in a revision that this one does not know, its
 * upcaster, and scripts for each database that only add.
 */
final class NewerRapport {

    private static final Path EVENTS = Path.of("../shared-events/src/main/java/dev/rapport/events");
    private static final String LAST_UPCASTER = "new InClear());";
    private static final String ONE_MORE_UPCASTER = """
        new InClear(),
                new Step("CommitmentKept", 2) {
                    @Override
                    ObjectNode next(ObjectNode payload) {
                        return payload;
                    }
                });\
        """;

    private final Path folder;

    private NewerRapport(Path folder) {
        this.folder = folder;
    }

    /** Makes it in an empty folder. */
    static NewerRapport in(Path folder) throws IOException {
        NewerRapport newer = new NewerRapport(folder);
        newer.compile(
                changed(EVENTS.resolve("CommitmentKept.java"), "@Revision(\"2\")", "@Revision(\"3\")"),
                changed(EVENTS.resolve("storage/Upcasters.java"), LAST_UPCASTER, ONE_MORE_UPCASTER));
        // below the numbers that the command side's scripts begin with, and above all others
        newer.script("events/postgresql/V99", "alter table event_log add column of_tomorrow varchar(10)");
        newer.script("command/V199", "create table of_tomorrow (id int)");
        newer.script("operations/V1000", "create table of_tomorrow (id int)");
        newer.script("audit/V1000", "create table of_tomorrow (id int)");
        return newer;
    }

    private record Source(String path, String text) {}

    private static Source changed(Path source, String before, String after) throws IOException {
        String text = Files.readString(source);
        if (!text.contains(before)) {
            throw new IllegalStateException(source + " has no " + before + " to be changed");
        }
        return new Source(EVENTS.relativize(source).toString(), text.replace(before, after));
    }

    private Path classes() {
        return folder.resolve("classes");
    }

    private void compile(Source... sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Files.createDirectories(classes());
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> written = Stream.of(sources).map(this::written).toList();
            boolean compiled = compiler.getTask(
                            null,
                            files,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-d",
                                    classes().toString(),
                                    "-cp",
                                    System.getProperty(
                                            "surefire.test.class.path", System.getProperty("java.class.path"))),
                            null,
                            files.getJavaFileObjectsFromPaths(written))
                    .call();
            if (!compiled) {
                throw new IllegalStateException("the newer version does not compile");
            }
        }
    }

    private Path written(Source source) {
        try {
            Path file = folder.resolve("src").resolve(source.path);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, source.text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void script(String place, String sql) throws IOException {
        Path script = classes().resolve("db").resolve(place + "__of_tomorrow.sql");
        Files.createDirectories(script.getParent());
        Files.writeString(script, sql + ";\n");
    }

    /** What to start the newer version of a packaged program with. */
    List<String> program(String jar, String mainClass) throws IOException, InterruptedException {
        Path packaged = Path.of(jar);
        Path unpacked = folder.resolve(packaged.getFileName().toString().replace(".jar", ""));
        if (!Files.exists(unpacked)) {
            int status = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Djarmode=tools",
                            "-jar",
                            jar,
                            "extract",
                            "--destination",
                            unpacked.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException(jar + " could not be unpacked");
            }
        }
        return List.of("-cp", classes() + ":" + unpacked.resolve(packaged.getFileName()), mainClass);
    }
}
