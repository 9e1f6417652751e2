package dev.rapport.command.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rapport.command.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A pipe that never makes its writer wait. */
class SpoolTest {

    /** Counts what reaches it, and when it is told to hurry. */
    private static final class Connection extends OutputStream {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private volatile int flushed;

        @Override
        public synchronized void write(int b) {
            bytes.write(b);
        }

        @Override
        public synchronized void write(byte[] b, int offset, int length) {
            bytes.write(b, offset, length);
        }

        @Override
        public synchronized void flush() {
            flushed = bytes.size();
        }

        synchronized byte[] received() {
            return bytes.toByteArray();
        }
    }

    private static CompletableFuture<Void> copying(Spool spool, OutputStream out) {
        return CompletableFuture.runAsync(() -> {
            try {
                spool.copyTo(out);
            } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
            }
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Nested
    class A_spool {

        @Test
        void hands_on_what_was_written_before_anybody_read() throws Exception {
            byte[] much = new byte[5_000_000];
            new Random(1).nextBytes(much);
            try (Spool spool = new Spool()) {
                for (int from = 0; from < much.length; from += 50_000) {
                    spool.write(Arrays.copyOfRange(much, from, from + 50_000));
                }
                spool.complete();
                Connection connection = new Connection();
                spool.copyTo(connection);
                assertThat(connection.received()).isEqualTo(much);
            }
        }

        @Test
        void hands_on_what_is_written_as_it_comes() throws Exception {
            try (Spool spool = new Spool()) {
                Connection connection = new Connection();
                CompletableFuture<Void> copied = copying(spool, connection);
                spool.write(bytes("one\n"));
                Await.until("the first line has arrived", () -> connection.flushed == 4);
                spool.write(bytes("two\n"));
                Await.until("the second line has arrived", () -> connection.flushed == 8);
                assertThat(copied).isNotDone();
                spool.complete();
                copied.join();
                assertThat(connection.received()).isEqualTo(bytes("one\ntwo\n"));
            }
        }

        @Test
        void hands_on_nothing_when_nothing_was_written() throws Exception {
            try (Spool spool = new Spool()) {
                Connection connection = new Connection();
                spool.complete();
                spool.copyTo(connection);
                assertThat(connection.received()).isEmpty();
            }
        }

        @Test
        void can_be_written_on_when_its_reader_has_gone() throws Exception {
            OutputStream gone = new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    throw new IOException("gone");
                }
            };
            try (Spool spool = new Spool()) {
                spool.write(bytes("one\n"));
                CompletableFuture<Void> copied = copying(spool, gone);
                assertThatExceptionOfType(CompletionException.class)
                        .isThrownBy(copied::join)
                        .withCauseInstanceOf(IOException.class);
                spool.write(bytes("two\n"));
                spool.complete();
            }
        }
    }
}
