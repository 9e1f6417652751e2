package dev.rapport.query.http;

import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.databind.json.JsonMapper;

/** Rows as lines, each the same JSON object that a page shows. */
record NdjsonRows(JsonMapper json) implements RowWriter {

    @Override
    public void begin(OutputStream out) {}

    @Override
    public void write(Object row, OutputStream out) throws IOException {
        out.write(json.writeValueAsBytes(row));
        out.write('\n');
    }
}
