package dev.rapport.query.http;

import dev.rapport.query.http.Columns.Column;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows as CSV after RFC 4180. Every value is what JSON shows, so numbers and times look alike in both; what is absent is an empty cell and an
 * empty text a quoted one. Lists, and objects that no record describes, are JSON in their cell. Texts are guarded against being formulas.
 */
final class CsvRows implements RowWriter {

    private static final Pattern TO_QUOTE = Pattern.compile("[,\"\\r\\n]|^\\s|\\s$|^'|^$");
    private static final String END_OF_LINE = "\r\n";

    private final List<Column> columns;
    private final JsonMapper json;

    CsvRows(Type row, JsonMapper json) {
        this.columns = Columns.of(row);
        this.json = json.rebuild()
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    @Override
    public void begin(OutputStream out) throws IOException {
        writeLine(columns.stream().map(Column::name).collect(Collectors.joining(",")), out);
    }

    @Override
    public void write(Object row, OutputStream out) throws IOException {
        JsonNode values = json.valueToTree(row);
        writeLine(columns.stream().map(column -> cell(value(values, column))).collect(Collectors.joining(",")), out);
    }

    private static void writeLine(String line, OutputStream out) throws IOException {
        out.write((line + END_OF_LINE).getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable JsonNode value(JsonNode row, Column column) {
        JsonNode value = row;
        for (String name : column.path()) {
            value = value == null ? null : value.get(name);
        }
        return value;
    }

    private static String cell(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return "";
        }
        if (value.isString()) {
            return quoted(FormulaGuard.guard(value.asString()));
        }
        return quoted(value.toString());
    }

    private static String quoted(String text) {
        return TO_QUOTE.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
