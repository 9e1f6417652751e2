package dev.rapport.command.eventstore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What there is to write, of one command or of several, by writer. */
final class Writes {

    private final Map<GroupWriter<?>, List<Object>> rows = new LinkedHashMap<>();

    <R> void add(GroupWriter<R> writer, R row) {
        rows.computeIfAbsent(writer, _ -> new ArrayList<>()).add(row);
    }

    void addAll(Writes others) {
        others.rows.forEach((writer, more) ->
                rows.computeIfAbsent(writer, _ -> new ArrayList<>()).addAll(more));
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Has everything written, in the running transaction. */
    void write() {
        rows.keySet().stream()
                .sorted(Comparator.comparing(GroupWriter::stage))
                .toList()
                .forEach(this::write);
    }

    @SuppressWarnings("unchecked") // added with its own writer
    private <R> void write(GroupWriter<R> writer) {
        writer.write((List<R>) rows.getOrDefault(writer, List.of()));
    }
}
