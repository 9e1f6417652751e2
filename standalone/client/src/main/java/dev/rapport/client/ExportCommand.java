package dev.rapport.client;

import static dev.rapport.client.failure.Exit.DONE;
import static dev.rapport.client.failure.Exit.FILE;
import static dev.rapport.client.failure.Exit.MISUSED;
import static dev.rapport.client.failure.Exit.UNREACHABLE;

import dev.rapport.client.api.ApiDocument;
import dev.rapport.client.api.ExportableList;
import dev.rapport.client.failure.ClientFailure;
import dev.rapport.client.failure.Exit;
import dev.rapport.client.http.RapportApi;
import dev.rapport.client.http.RapportApi.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Exports a list or a report, whole or not at all. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Exports a list or a report as CSV, NDJSON or GraphML.",
        description = {
            "",
            "LIST is the path of a list below /api/v1, such as commitments, reports/network or"
                    + " relationships/ID/history; without LIST, all of them are listed. A file gets its name when it is"
                    + " whole: one that breaks off leaves whatever was there before."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  rapport export",
            "  rapport export commitments --filter state=OPEN --filter madeBy=US --output open.csv",
            "  rapport export relationships/skerrow/history --output skerrow.ndjson",
            "  rapport export reports/network --output network.graphml",
            "  rapport export relationships | column -s, -t | less -S"
        })
final class ExportCommand extends SurroundedCommand {

    private static final int BUFFER = 1 << 16;

    @Parameters(paramLabel = "LIST", arity = "0..1", description = "What to export.")
    private @Nullable String list;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORM",
            description = "${COMPLETION-CANDIDATES}; else what the output's name ends with says, else csv.")
    private @Nullable Form form;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to; to the output, if it isn't said.")
    private @Nullable Path output;

    @Option(
            names = {"-w", "--filter"},
            paramLabel = "NAME=VALUE",
            description = "A filter of the list, as the interface has it. May be repeated.")
    private List<String> filters = new ArrayList<>();

    @Mixin
    private ServerOptions server = new ServerOptions();

    /** The forms that an export comes in. */
    enum Form {
        CSV("text/csv"),
        NDJSON("application/x-ndjson"),
        GRAPHML("application/graphml+xml");

        private final String mediaType;

        Form(String mediaType) {
            this.mediaType = mediaType;
        }

        String ending() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Form> of(Path file) {
            String name = file.toString().toLowerCase(Locale.ROOT);
            return Arrays.stream(values())
                    .filter(form -> name.endsWith("." + form.ending()))
                    .findFirst();
        }
    }

    ExportCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    Exit run() {
        List<ExportableList> all = ApiDocument.own().lists();
        if (list == null) {
            all.stream()
                    .sorted(Comparator.comparing(ExportableList::path))
                    .forEach(each -> surroundings()
                            .out()
                            .printf("%-50s %s%n", each.path().replaceAll("\\{[^}]+}", "ID"), each.about()));
            return DONE;
        }
        String path = list.replaceFirst("^/?(api/v1/)?", "");
        ExportableList wanted = all.stream()
                .filter(each -> each.isAt(path))
                .findFirst()
                .orElseThrow(() -> new ClientFailure(
                        MISUSED, "there is no list " + list + "; rapport export lists those that there are"));
        Form chosen = form != null
                ? form
                : Optional.ofNullable(output).flatMap(Form::of).orElse(Form.CSV);
        if (!wanted.mediaTypes().contains(chosen.mediaType)) {
            throw new ClientFailure(
                    MISUSED,
                    wanted.path() + " does not come as " + chosen.ending() + ", only as "
                            + Arrays.stream(Form.values())
                                    .filter(each -> wanted.mediaTypes().contains(each.mediaType))
                                    .map(Form::ending)
                                    .collect(Collectors.joining(", ")));
        }
        List<Map.Entry<String, String>> query = query(wanted);
        if (output != null) {
            new FilesOfACommand().replaces("what is exported (--output)", output);
        }
        RapportApi rapport = server.rapport(surroundings());
        Answer answer = rapport.get("/" + path, query, chosen.mediaType);
        long bytes = output == null ? copy(rapport, answer, surroundings().out()) : save(rapport, answer, output);
        surroundings()
                .say(String.format(
                        Locale.ROOT,
                        "%s: %,d bytes%s",
                        output == null ? path : output,
                        bytes,
                        answer.position().map(at -> ", as of position " + at).orElse("")));
        return DONE;
    }

    private List<Map.Entry<String, String>> query(ExportableList wanted) {
        return filters.stream()
                .map(filter -> {
                    int equals = filter.indexOf('=');
                    String name = equals < 0 ? filter : filter.substring(0, equals);
                    if (equals < 0 || !wanted.filters().contains(name)) {
                        throw new ClientFailure(
                                MISUSED,
                                "--filter " + filter + ": " + wanted.path()
                                        + " is filtered by NAME=VALUE, and the names are "
                                        + String.join(", ", wanted.filters()));
                    }
                    return Map.entry(name, filter.substring(equals + 1));
                })
                .toList();
    }

    private static long copy(RapportApi rapport, Answer answer, OutputStream out) {
        try (InputStream body = answer.body()) {
            byte[] some = new byte[BUFFER];
            long bytes = 0;
            for (int n = read(body, some); n >= 0; n = read(body, some)) {
                out.write(some, 0, n);
                bytes += n;
            }
            out.flush();
            return bytes;
        } catch (BrokenOff e) {
            throw new ClientFailure(
                    UNREACHABLE,
                    rapport.unreachable(e.cause).words() + "\nThe export was broken off: what came is not all.",
                    e);
        } catch (IOException e) {
            throw new ClientFailure(FILE, "the output can't be written: " + e.getMessage(), e);
        }
    }

    private static int read(InputStream body, byte[] into) throws BrokenOff {
        try {
            return body.read(into);
        } catch (IOException e) {
            throw new BrokenOff(e);
        }
    }

    /** Says that it was the answer that ended, and not the disk. */
    private static final class BrokenOff extends IOException {

        private final IOException cause;

        BrokenOff(IOException cause) {
            super(cause);
            this.cause = cause;
        }
    }

    private static long save(RapportApi rapport, Answer answer, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            Path part = Files.createTempFile(folder, "." + file.getFileName() + "-", ".part");
            try {
                long bytes;
                try (OutputStream out = Files.newOutputStream(part)) {
                    bytes = copy(rapport, answer, out);
                }
                move(part, file);
                return bytes;
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new ClientFailure(FILE, file + " can't be written: " + e, e);
        }
    }

    private static void move(Path part, Path file) throws IOException {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
