package dev.rapport.command.imports;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A pipe with a file in between. The answers of an import go through one, because many clients read nothing until they have sent
 * everything: written straight to the connection, the answers would fill its buffers, and both sides would wait for each other for good.
 */
final class Spool implements AutoCloseable {

    private static final int CHUNK = 1 << 16;

    private final FileChannel file;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private long written;
    private boolean complete;

    Spool() throws IOException {
        Path path = Files.createTempFile("rapport-import-", ".ndjson");
        file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** Adds bytes; never waits for the reader. */
    void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long position = written;
        while (buffer.hasRemaining()) {
            position += file.write(buffer, position);
        }
        tell(position, false);
    }

    /** Says that no more bytes come. */
    void complete() {
        tell(written, true);
    }

    /** Copies everything to {@code out} as it comes, flushed whenever the reader has caught up; returns after {@link #complete}. */
    void copyTo(OutputStream out) throws IOException, InterruptedException {
        byte[] chunk = new byte[CHUNK];
        long read = 0;
        for (long available = awaitMoreThan(read); available > read; available = awaitMoreThan(read)) {
            while (read < available) {
                int n = file.read(ByteBuffer.wrap(chunk, 0, (int) Math.min(CHUNK, available - read)), read);
                out.write(chunk, 0, n);
                read += n;
            }
            out.flush();
        }
    }

    private void tell(long nowWritten, boolean nowComplete) {
        lock.lock();
        try {
            written = nowWritten;
            complete = nowComplete;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private long awaitMoreThan(long read) throws InterruptedException {
        lock.lock();
        try {
            while (written <= read && !complete) {
                grown.await();
            }
            return written;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
