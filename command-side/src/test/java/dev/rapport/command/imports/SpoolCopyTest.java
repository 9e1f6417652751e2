package dev.rapport.command.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What has become of the copying is looked at, whatever has become of what was copied. */
class SpoolCopyTest {

    private static final OutputStream GONE = new OutputStream() {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("nobody listens");
        }
    };

    private interface Import {
        void run() throws IOException;
    }

    private static void copying(OutputStream out, Import work) throws IOException {
        try (Spool spool = new Spool();
                ExecutorService writer = Executors.newVirtualThreadPerTaskExecutor()) {
            try (SpoolCopy _ = SpoolCopy.begin(spool, out, writer)) {
                spool.write("an answer\n".getBytes(StandardCharsets.UTF_8));
                work.run();
            }
        }
    }

    @Nested
    class The_copying {

        @Test
        void has_come_to_its_end_when_it_is_closed() throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();

            copying(out, () -> {});

            assertThat(out).hasToString("an answer\n");
        }

        @Test
        void fails_after_an_import_that_did_not() {
            assertThat(catchThrowable(() -> copying(GONE, () -> {}))).hasMessage("nobody listens");
        }

        @Test
        void is_told_with_the_failure_of_an_import_that_failed_as_well() {
            IllegalStateException first = new IllegalStateException("this was not thought of");

            Throwable failed = catchThrowable(() -> copying(GONE, () -> {
                throw first;
            }));

            assertThat(failed).isSameAs(first);
            assertThat(failed.getSuppressed())
                    .singleElement()
                    .satisfies(also -> assertThat(also).hasMessage("nobody listens"));
        }
    }
}
