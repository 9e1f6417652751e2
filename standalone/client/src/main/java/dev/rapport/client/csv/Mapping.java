package dev.rapport.client.csv;

import static dev.rapport.client.failure.Exit.FILE;
import static dev.rapport.client.failure.Exit.MISUSED;

import dev.rapport.client.api.ApiDocument;
import dev.rapport.client.api.CommandForm;
import dev.rapport.client.csv.FieldValue.Setting;
import dev.rapport.client.failure.ClientFailure;
import dev.rapport.client.imports.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the rows of a CRM's export become commands. */
public final class Mapping {

    private static final List<String> READY = List.of(
            "espocrm-accounts",
            "espocrm-calls",
            "espocrm-meetings",
            "hubspot-calls",
            "hubspot-companies",
            "hubspot-meetings",
            "salesforce-accounts",
            "salesforce-events",
            "salesforce-tasks");

    private final MappingFile file;
    private final Tables tables;
    private final List<CommandTemplate> commands;

    private Mapping(MappingFile file, ApiDocument api) {
        this.file = file;
        this.tables = file.tables();
        this.commands = file.commands(tables);
        commands.forEach(command -> requireForm(command, api));
    }

    /**
     * What somebody says who imports.
     *
     * @param zone of times that don't say theirs, in place of the mapping's
     * @param tables files that add to the mapping's tables
     * @param cuts whether texts that are too long are cut, rather than refused
     */
    public record Wishes(
            Optional<Charset> encoding,
            Optional<Character> separator,
            Optional<ZoneId> zone,
            Map<String, Path> tables,
            boolean cuts) {}

    /** The names of the mappings that are in the program. */
    public static List<String> ready() {
        return READY;
    }

    /** A ready mapping as it is written, for whoever wants to make one like it. */
    public static Optional<byte[]> text(String name) {
        if (!READY.contains(name)) {
            return Optional.empty();
        }
        try (InputStream text = Mapping.class.getResourceAsStream(name + ".json")) {
            if (text == null) {
                throw new IllegalStateException("the build left the mapping " + name + " out");
            }
            return Optional.of(text.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The mapping of a name: a ready one, else that of a file.
     *
     * @throws ClientFailure when there is none, or it can't be used
     */
    public static Mapping named(String name, ApiDocument api) {
        Optional<byte[]> ready = text(name);
        if (ready.isPresent()) {
            return new Mapping(new MappingFile(name, ready.get()), api);
        }
        Path path = Path.of(name);
        if (!Files.exists(path)) {
            throw new ClientFailure(
                    MISUSED,
                    "there is neither a ready mapping nor a file " + name + "; ready are " + String.join(", ", READY));
        }
        try {
            return new Mapping(new MappingFile(name, Files.readAllBytes(path)), api);
        } catch (IOException e) {
            throw new ClientFailure(FILE, name + " can't be read: " + e.getMessage(), e);
        }
    }

    private void requireForm(CommandTemplate command, ApiDocument api) {
        CommandForm form = api.command(command.command())
                .orElseThrow(() -> file.wrong("there is no command " + command.command()));
        command.fields().keySet().forEach(field -> {
            if (!form.has(field)) {
                throw file.wrong(command.command() + " has no field " + field);
            }
        });
        form.required().stream()
                .filter(field -> !command.fields().containsKey(field))
                .forEach(field -> {
                    throw file.wrong(command.command() + " needs " + field);
                });
    }

    /** What it is for. */
    public String about() {
        return file.about();
    }

    /**
     * The items of a file.
     *
     * @throws ClientFailure when the file lacks columns that the mapping needs
     */
    public Source rowsOf(Path csv, Wishes wishes, ApiDocument api) throws IOException {
        CsvFile rows = CsvFile.open(csv, wishes.encoding(), wishes.separator());
        try {
            Setting setting = new Setting(times(wishes), tables.with(wishes.tables()), file.numbers());
            return new MappedRows(rows, csv, file, commands, setting, wishes.cuts(), api);
        } catch (RuntimeException e) {
            rows.close();
            throw e;
        }
    }

    private Times times(Wishes wishes) {
        try {
            return new Times(
                    file.dateFormats(), wishes.zone().or(() -> file.zone().map(ZoneId::of)));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw file.wrong("a zone or a form of times is none: " + e.getMessage());
        }
    }
}
