package dev.rapport.client.csv;

import static dev.rapport.client.failure.Exit.FILE;

import dev.rapport.client.csv.CsvReader.Row;
import dev.rapport.client.failure.ClientFailure;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the CRM's values mean in Rapport. An empty meaning leaves the field out; the value {@code *} stands for every other one. */
final class Tables {

    private static final String ANY = "*";

    private final Map<String, Map<String, String>> tables;

    Tables(Map<String, Map<String, String>> tables) {
        this.tables = Map.copyOf(tables);
    }

    boolean has(String table) {
        return tables.containsKey(table);
    }

    boolean isEmpty(String table) {
        return tables.getOrDefault(table, Map.of()).isEmpty();
    }

    /** What a value means; nothing, if it means that the field is left out. */
    Optional<String> meaning(String table, String value) throws Unmappable {
        Map<String, String> meanings = tables.getOrDefault(table, Map.of());
        String meaning = meanings.getOrDefault(value, meanings.get(ANY));
        if (meaning == null) {
            throw new Unmappable(
                    "“" + value + "” is not in the table " + table + ", which --table " + table + "=FILE adds to");
        }
        return meaning.isEmpty() ? Optional.empty() : Optional.of(meaning);
    }

    /**
     * These tables with what files add to them, each with two columns and no header.
     *
     * @throws ClientFailure when there is no such table, or a file is none
     */
    Tables with(Map<String, Path> files) {
        Map<String, Map<String, String>> more = new HashMap<>(tables);
        files.forEach((table, file) -> {
            if (!has(table)) {
                throw new ClientFailure(
                        FILE, "the mapping has no table " + table + ", only " + String.join(", ", tables.keySet()));
            }
            Map<String, String> meanings = new LinkedHashMap<>(tables.get(table));
            meanings.putAll(read(file));
            more.put(table, meanings);
        });
        return new Tables(more);
    }

    private static Map<String, String> read(Path file) {
        Map<String, String> meanings = new LinkedHashMap<>();
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "");
            char separator =
                    text.lines().findFirst().filter(line -> line.contains(";")).isPresent() ? ';' : ',';
            CsvReader rows = new CsvReader(new StringReader(text), separator, 1);
            for (Row row = rows.next(); row != null; row = rows.next()) {
                if (row.cells().size() != 2 || row.fault().isPresent()) {
                    throw new ClientFailure(FILE, file + ", line " + row.line() + ": it takes a value and its meaning");
                }
                meanings.put(row.cells().get(0).strip(), row.cells().get(1).strip());
            }
            return meanings;
        } catch (IOException e) {
            throw new ClientFailure(FILE, file + " can't be read: " + e, e);
        }
    }
}
