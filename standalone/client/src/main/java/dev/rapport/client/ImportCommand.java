package dev.rapport.client;

import static dev.rapport.client.failure.Exit.DONE;
import static dev.rapport.client.failure.Exit.DONE_BUT;
import static dev.rapport.client.failure.Exit.FILE;
import static dev.rapport.client.failure.Exit.MISUSED;

import dev.rapport.client.api.ApiDocument;
import dev.rapport.client.csv.Mapping;
import dev.rapport.client.csv.Mapping.Wishes;
import dev.rapport.client.failure.ClientFailure;
import dev.rapport.client.failure.Exit;
import dev.rapport.client.http.Refusal;
import dev.rapport.client.imports.Counts;
import dev.rapport.client.imports.DryRun;
import dev.rapport.client.imports.ImportRun;
import dev.rapport.client.imports.Journal;
import dev.rapport.client.imports.NdjsonSource;
import dev.rapport.client.imports.RefusalReport;
import dev.rapport.client.imports.Source;
import dev.rapport.client.json.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports a file of commands, or of CSV with a mapping. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Imports a file of commands, or CSV as a CRM exports it.",
        description = {
            "",
            "FILE has a command a line (NDJSON), as POST /api/v1/imports takes it; or it is CSV, and --mapping says"
                    + " what its rows become. A line that is refused stops nothing. Whatever breaks an import off, the"
                    + " same command goes on where it was; a file that is imported again does nothing.",
            "",
            "What was left out is told in sum, and line by line in FILE.refused.ndjson."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  rapport import history.ndjson",
            "  rapport import --mapping salesforce-accounts --dry-run Account.csv",
            "  rapport import --mapping salesforce-accounts --table owners=owners.csv Account.csv",
            "  rapport import --mapping hubspot-calls --zone Europe/Berlin calls.csv",
            "  rapport import --mapping ours.json --dry-run --commands - visits.csv | less"
        })
final class ImportCommand extends SurroundedCommand {

    private static final int SHOWN_COMMANDS = 3;
    private static final int SHOWN_IDS = 5;
    private static final String LEFT_OUT = ".refused.ndjson";

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file = Path.of("");

    @Option(
            names = {"-m", "--mapping"},
            paramLabel = "NAME|FILE",
            description =
                    "FILE is CSV, and this is what its rows become: a ready mapping (rapport mapping lists them) or"
                            + " one of yours.")
    private @Nullable String mapping;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Send nothing; tell what would be sent, and what would be refused for its form.")
    private boolean isDryRun;

    @Option(
            names = "--commands",
            paramLabel = "FILE",
            description = "With --dry-run: write every command that would be sent to this file, - for the output.")
    private @Nullable Path commands;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Times in the CSV that don't say their zone are of this one, such as Europe/Berlin.")
    private @Nullable String zone;

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description = "The encoding of the CSV; found out if it isn't said.")
    private @Nullable String encoding;

    @Option(
            names = "--separator",
            paramLabel = "C",
            description = "What is between the cells of the CSV, tab for a tab; found out if it isn't said.")
    private @Nullable String separator;

    @Option(
            names = "--table",
            paramLabel = "NAME=FILE",
            description =
                    "Adds to a table of the mapping: a CSV of two columns without a header, a value of the CRM and"
                            + " what it means in Rapport. May be repeated.")
    private Map<String, Path> tables = new LinkedHashMap<>();

    @Option(
            names = "--cut",
            description = "Cut texts that are too long, and mark where, rather than have them refused.")
    private boolean cuts;

    @Option(
            names = "--refused",
            paramLabel = "FILE",
            description = "Where to tell what was left out, line by line; else FILE.refused.ndjson, and"
                    + " FILE.would-be-refused.ndjson for a dry run.")
    private @Nullable Path refused;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "Where to keep how far the import is while it is under way; else FILE.rapport-import.")
    private @Nullable Path journal;

    @Option(names = "--restart", description = "Begin anew, although an earlier import of FILE was broken off.")
    private boolean isAnew;

    @Option(
            names = "--progress",
            paramLabel = "HOW",
            defaultValue = "auto",
            description = "How to show progress: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, a bar on a"
                    + " terminal).")
    private ProgressForm progress = ProgressForm.AUTO;

    @Mixin
    private ServerOptions server = new ServerOptions();

    /** How progress is shown. */
    enum ProgressForm {
        AUTO,
        BAR,
        LINES
    }

    ImportCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    Exit run() throws IOException {
        if (commands != null && !isDryRun) {
            throw new ClientFailure(MISUSED, "--commands goes with --dry-run");
        }
        if (mapping == null && (zone != null || encoding != null || separator != null || !tables.isEmpty() || cuts)) {
            throw new ClientFailure(MISUSED, "--zone, --encoding, --separator, --table and --cut go with --mapping");
        }
        if (mapping == null && file.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
            throw new ClientFailure(
                    MISUSED,
                    "what do the rows of " + file + " become? --mapping says it; rapport mapping lists what is ready");
        }
        if (!Files.isRegularFile(file)) {
            throw new ClientFailure(FILE, "there is no file " + file);
        }
        requireFilesApart();
        ShownProgress shown = new ShownProgress(
                surroundings(),
                progress == ProgressForm.BAR
                        || (progress == ProgressForm.AUTO && surroundings().isTerminal()));
        ApiDocument api = ApiDocument.own();
        try (Source source = source(api)) {
            return isDryRun ? dryRun(source, api, shown) : inEarnest(source, shown);
        } finally {
            shown.close();
        }
    }

    private void requireFilesApart() throws IOException {
        FilesOfACommand files = new FilesOfACommand().reads("the file to be imported", file);
        if (mapping != null && Mapping.text(mapping).isEmpty()) {
            files.reads("the mapping", Path.of(mapping));
        }
        tables.forEach((name, table) -> files.reads("the table " + name, table));
        Path kept = journalFile();
        if (isDryRun) {
            // an import in earnest that was broken off goes on with them
            files.reads("how far an import is (--journal)", kept)
                    .reads("the next word on how far it is", Journal.next(kept))
                    .reads("what an import left out", beside(null, LEFT_OUT));
        } else {
            files.replaces("how far the import is (--journal)", kept)
                    .replaces("the next word on how far it is", Journal.next(kept));
        }
        String leftOut = "what was left out (--refused)";
        files.replaces(leftOut, reportFile());
        if (isDryRun) {
            requireNotInEarnest(leftOut, reportFile());
        }
        if (commands != null && !isToOutput()) {
            String written = "the commands (--commands)";
            files.writes(written, commands);
            requireNotInEarnest(written, commands);
        }
    }

    /** By what is in the file: an import in earnest was free to choose its files, and this run was not told which. */
    private static void requireNotInEarnest(String use, Path file) throws IOException {
        if (RefusalReport.isInEarnest(file) || Journal.isOne(file)) {
            throw new ClientFailure(
                    MISUSED,
                    use + " can't be written to " + file + ", which looks like what an import in earnest left:"
                            + " name another file");
        }
    }

    private Path journalFile() {
        return beside(journal, ".rapport-import");
    }

    private Path reportFile() {
        return beside(refused, isDryRun ? ".would-be-refused.ndjson" : LEFT_OUT);
    }

    private boolean isToOutput() {
        return commands != null && commands.toString().equals("-");
    }

    private Source source(ApiDocument api) throws IOException {
        if (mapping == null) {
            return new NdjsonSource(file);
        }
        Wishes wishes = new Wishes(
                Optional.ofNullable(encoding).map(ImportCommand::charset),
                Optional.ofNullable(separator).map(ImportCommand::character),
                Optional.ofNullable(zone).map(ImportCommand::zone),
                tables,
                cuts);
        return Mapping.named(mapping, api).rowsOf(file, wishes, api);
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new ClientFailure(MISUSED, "--encoding: there is none that is called " + name, e);
        }
    }

    private static char character(String written) {
        String one = written.equalsIgnoreCase("tab") || written.equals("\\t") ? "\t" : written;
        if (one.length() != 1) {
            throw new ClientFailure(MISUSED, "--separator is one character, or tab");
        }
        return one.charAt(0);
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new ClientFailure(MISUSED, "--zone: there is none that is called " + name, e);
        }
    }

    private Path beside(@Nullable Path said, String ending) {
        return said != null ? said : file.resolveSibling(file.getFileName() + ending);
    }

    private Exit inEarnest(Source source, ShownProgress shown) {
        ImportRun.Outcome outcome =
                ImportRun.run(server.rapport(surroundings()), source, journalFile(), reportFile(), isAnew, shown);
        shown.close();
        Counts counts = outcome.counts();
        surroundings()
                .out()
                .printf(
                        Locale.ROOT,
                        "%s: %,d accepted, %,d repeated, %,d refused%s%n",
                        file.getFileName(),
                        counts.accepted(),
                        counts.repeated(),
                        counts.refused(),
                        besides(counts));
        return told(counts, outcome.report());
    }

    private static String besides(Counts counts) {
        return (counts.unusable() > 0 ? String.format(Locale.ROOT, ", %,d unusable", counts.unusable()) : "")
                + (counts.passedOver() > 0 ? String.format(Locale.ROOT, ", %,d passed over", counts.passedOver()) : "");
    }

    private Exit told(Counts counts, RefusalReport report) {
        if (!counts.hasLeftOut()) {
            return DONE;
        }
        report.reasons().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(reason ->
                        surroundings().out().printf(Locale.ROOT, "  %,7d  %s%n", reason.getValue(), reason.getKey()));
        report.first().forEach(this::show);
        surroundings().out().println("Each with its reason: " + report.file());
        return DONE_BUT;
    }

    private void show(RefusalReport.Shown shown) {
        Json problem = shown.problem();
        String columns = problem.get("errors").items().stream()
                .map(fault -> fault.get("column").text())
                .filter(column -> !column.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
        surroundings()
                .out()
                .println("  " + shown.place() + (columns.isEmpty() ? "" : ", column " + columns) + ": "
                        + Refusal.words(problem).replace("\n", "\n  "));
    }

    private Exit dryRun(Source source, ApiDocument api, ShownProgress shown) throws IOException {
        boolean toOutput = isToOutput();
        try (Commands written = new Commands(toOutput)) {
            DryRun.Outcome outcome =
                    DryRun.of(source, reportFile(), api, surroundings().clock().instant(), shown, written::add);
            shown.close();
            if (toOutput) {
                return outcome.counts().hasLeftOut() ? DONE_BUT : DONE;
            }
            Counts counts = outcome.counts();
            surroundings()
                    .out()
                    .printf(
                            Locale.ROOT,
                            "%s: would send %,d, %,d would be refused%s%n",
                            file.getFileName(),
                            counts.accepted(),
                            counts.refused(),
                            besides(counts));
            outcome.commands()
                    .forEach((command, times) ->
                            surroundings().out().printf(Locale.ROOT, "  %,7d  %s%n", times, command));
            outcome.passedOver()
                    .forEach((because, times) ->
                            surroundings().out().printf(Locale.ROOT, "  %,7d  passed over: %s%n", times, because));
            tellAssumed(outcome.assumed());
            return told(counts, outcome.report());
        }
    }

    private void tellAssumed(Set<String> assumed) {
        if (!assumed.isEmpty()) {
            surroundings()
                    .out()
                    .println("Rapport has to know already: "
                            + assumed.stream().limit(SHOWN_IDS).collect(Collectors.joining(", "))
                            + (assumed.size() > SHOWN_IDS
                                    ? String.format(Locale.ROOT, " and %,d more", assumed.size() - SHOWN_IDS)
                                    : ""));
        }
    }

    /** The commands of a dry run: all of them in a file, or the first few to be looked at. */
    private final class Commands implements AutoCloseable {

        private final boolean toOutput;
        private final Optional<OutputStream> all;
        private int shown;

        Commands(boolean toOutput) throws IOException {
            this.toOutput = toOutput;
            this.all = commands == null || toOutput
                    ? Optional.empty()
                    : Optional.of(new BufferedOutputStream(Files.newOutputStream(commands)));
        }

        void add(byte[] line) throws IOException {
            if (all.isPresent()) {
                all.get().write(line);
                all.get().write('\n');
            } else if (toOutput || (commands == null && shown++ < SHOWN_COMMANDS)) {
                surroundings().out().write(line);
                surroundings().out().write('\n');
            }
        }

        @Override
        public void close() throws IOException {
            surroundings().out().flush();
            if (all.isPresent()) {
                all.get().close();
            }
        }
    }
}
