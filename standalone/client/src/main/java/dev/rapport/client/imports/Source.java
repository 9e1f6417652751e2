package dev.rapport.client.imports;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The items of a file, in order; the same whenever the same file is read. */
public interface Source extends AutoCloseable {

    /** The next one, or null at the end. */
    @Nullable
    Item next() throws IOException;

    /** How many bytes the file has. */
    long size();

    @Override
    void close() throws IOException;
}
