package dev.rapport.client.csv;

import static dev.rapport.client.failure.Exit.FILE;

import dev.rapport.client.api.ApiDocument;
import dev.rapport.client.csv.CsvReader.Row;
import dev.rapport.client.csv.FieldValue.Setting;
import dev.rapport.client.csv.Template.Column;
import dev.rapport.client.failure.ClientFailure;
import dev.rapport.client.imports.Item;
import dev.rapport.client.imports.Item.Command;
import dev.rapport.client.imports.Item.PassedOver;
import dev.rapport.client.imports.Item.Place;
import dev.rapport.client.imports.Item.Unusable;
import dev.rapport.client.imports.Source;
import dev.rapport.client.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of a file, as a mapping makes items of them. A row of which one field can't be made becomes no command at all. */
final class MappedRows implements Source {

    private final CsvFile file;
    private final Map<Condition, String> passOver;
    private final List<CommandTemplate> commands;
    private final Setting setting;
    private final boolean cuts;
    private final boolean isGuarded;
    private final ApiDocument api;
    private final Map<Column, Integer> positions;
    private final Map<String, String> names = new HashMap<>();
    private final Deque<Item> made = new ArrayDeque<>();
    private long number;

    MappedRows(
            CsvFile file,
            Path path,
            MappingFile mapping,
            List<CommandTemplate> commands,
            Setting setting,
            boolean cuts,
            ApiDocument api) {
        this.file = file;
        this.passOver = mapping.passOver();
        this.commands = commands;
        this.setting = setting;
        this.cuts = cuts;
        this.isGuarded = mapping.isGuarded();
        this.api = api;
        this.positions = positions(path, mapping.columns());
    }

    private Map<Column, Integer> positions(Path path, Map<String, List<String>> columns) {
        Set<Column> wanted = new LinkedHashSet<>();
        passOver.keySet().forEach(when -> when.columns().forEach(wanted::add));
        commands.forEach(command -> command.columns().forEach(wanted::add));
        Map<Column, Integer> found = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (Column column : wanted) {
            List<String> called = columns.getOrDefault(column.name(), List.of(column.name()));
            Optional<Integer> position =
                    called.stream().flatMap(name -> position(name).stream()).findFirst();
            position.ifPresent(at -> {
                found.put(column, at);
                names.put(column.name(), file.header().get(at));
            });
            if (position.isEmpty() && !column.mayBeMissing()) {
                missing.add(String.join(" or ", called));
            }
        }
        if (!missing.isEmpty()) {
            throw new ClientFailure(
                    FILE,
                    path + " has no column " + String.join(", ", missing) + "; it has "
                            + String.join(", ", file.header()));
        }
        return found;
    }

    private Optional<Integer> position(String name) {
        int exactly = file.header().indexOf(name);
        if (exactly >= 0) {
            return Optional.of(exactly);
        }
        return Stream.iterate(0, i -> i + 1)
                .limit(file.header().size())
                .filter(i -> file.header().get(i).equalsIgnoreCase(name))
                .findFirst();
    }

    @Override
    public @Nullable Item next() throws IOException {
        while (made.isEmpty()) {
            Row row = file.next();
            if (row == null) {
                return null;
            }
            number++;
            make(row, new Place(row.line(), number, file.read()));
        }
        return made.poll();
    }

    private void make(Row row, Place place) {
        Optional<String> fault = row.fault().or(() -> faultOfSize(row));
        if (fault.isPresent()) {
            made.add(new Unusable(
                    place,
                    Json.of(String.join(" | ", row.cells())),
                    Json.object("title", "The row can't be read", "detail", fault.get())));
            return;
        }
        Cells cells = new Cells(positions, row.cells(), isGuarded);
        Optional<String> because = passOver.entrySet().stream()
                .filter(rule -> rule.getKey().holdsOf(cells))
                .map(Map.Entry::getValue)
                .findFirst();
        List<CommandTemplate> wanted = because.isPresent()
                ? List.of()
                : commands.stream().filter(command -> command.isMadeOf(cells)).toList();
        if (wanted.isEmpty()) {
            made.add(new PassedOver(place, because.orElse("the mapping makes no command of it")));
            return;
        }
        List<Json> faults = new ArrayList<>();
        List<Item> items = wanted.stream()
                .map(command -> item(command, cells, place, faults))
                .toList();
        made.addAll(
                faults.isEmpty()
                        ? items
                        : List.of(new Unusable(
                                place,
                                shown(row),
                                Json.object("title", "The row can't become a command", "errors", faults))));
    }

    private Optional<String> faultOfSize(Row row) {
        int expected = file.header().size();
        return row.cells().size() == expected
                ? Optional.empty()
                : Optional.of("it has " + row.cells().size() + " cells, and the header has " + expected);
    }

    private Json shown(Row row) {
        Map<String, Object> shown = new LinkedHashMap<>();
        for (int i = 0; i < row.cells().size(); i++) {
            if (!row.cells().get(i).isEmpty()) {
                shown.put(file.header().get(i), row.cells().get(i));
            }
        }
        return Json.of(shown);
    }

    private Item item(CommandTemplate command, Cells cells, Place place, List<Json> faults) {
        Map<String, Object> line = new LinkedHashMap<>();
        Map<String, String> origins = named(command.origins());
        line.put("command", command.command());
        command.fields().forEach((field, value) -> {
            try {
                value.of(cells, setting, longest(command, field)).ifPresent(made -> line.put(field, made));
            } catch (Unmappable e) {
                faults.add(Json.object(
                        "pointer", "/" + field,
                        "detail", String.valueOf(e.getMessage()),
                        "column", origins.getOrDefault("/" + field, "")));
            }
        });
        return new Command(place, Json.of(line).write(), origins);
    }

    private OptionalInt longest(CommandTemplate command, String field) {
        return cuts
                ? api.command(command.command())
                        .map(form -> form.longest(field))
                        .orElse(OptionalInt.empty())
                : OptionalInt.empty();
    }

    /** By the names that the columns have in the file. */
    private Map<String, String> named(Map<String, String> origins) {
        Map<String, String> named = new LinkedHashMap<>();
        origins.forEach((pointer, columns) -> named.put(
                pointer,
                Stream.of(columns.split(", ", -1))
                        .map(column -> names.getOrDefault(column, column))
                        .reduce((a, b) -> a + ", " + b)
                        .orElse(columns)));
        return named;
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
