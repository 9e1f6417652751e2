package dev.rapport.query.http;

import java.io.IOException;
import java.io.OutputStream;

/** Writes rows down in a form, one after the other. */
interface RowWriter {

    /** What comes before the first row. */
    void begin(OutputStream out) throws IOException;

    void write(Object row, OutputStream out) throws IOException;
}
