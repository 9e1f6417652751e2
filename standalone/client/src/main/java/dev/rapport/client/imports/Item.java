package dev.rapport.client.imports;

import dev.rapport.client.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a piece of a file amounts to. */
public sealed interface Item {

    /** Where it is in the file. */
    Place place();

    /**
     * A place in a file.
     *
     * @param line of the file, counted from 1, where the piece begins
     * @param row counted from 1 below the header, or 0 where a line is all there is
     * @param end how many bytes of the file are behind whoever has read it
     */
    record Place(long line, long row, long end) {

        /** As it is told. */
        @Override
        public String toString() {
            return row == 0 ? "line " + line : "line " + line + " (row " + row + ")";
        }

        Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("line", line);
            if (row > 0) {
                fields.put("row", row);
            }
            return fields;
        }
    }

    /**
     * A command to be given.
     *
     * @param columns the columns that its fields come from, by the fields' pointers
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Command(Place place, byte[] line, Map<String, String> columns) implements Item {

        public Command {
            columns = Map.copyOf(columns);
        }
    }

    /**
     * Something that cannot become a command.
     *
     * @param content what can be shown of it
     * @param problem in the form of a problem of Rapport's, without type and status
     */
    record Unusable(Place place, Json content, Json problem) implements Item {}

    /** Something that is not meant to become a command. */
    record PassedOver(Place place, String because) implements Item {}
}
