package dev.rapport.command.imports;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** The copying of what is spooled, while it is still being written. Closing it waits for the end, and fails if the copying did. */
record SpoolCopy(Spool spool, Future<?> copied) implements Closeable {

    static SpoolCopy begin(Spool spool, OutputStream out, ExecutorService by) {
        return new SpoolCopy(spool, by.submit(() -> {
            spool.copyTo(out);
            return null;
        }));
    }

    @Override
    public void close() throws IOException {
        spool.complete();
        try {
            copied.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
        } catch (InterruptedException shuttingDown) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while answering an import", shuttingDown);
        }
    }
}
