package dev.rapport.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.command.imports.Importer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Isolated("what the others write would be captured as well")
@ExtendWith(OutputCaptureExtension.class)
class An_import_that_is_broken_off {

    private static final int PATIENCE_MILLIS = 60_000;

    private static final List<String> LINES = List.of(
            "{\"command\":\"RegisterStakeholder\",\"id\":\"acme\",\"name\":\"Acme\",\"kind\":\"SUPPLIER\",\"group\":\"Parts\"}",
            "{\"command\":\"RegisterStakeholder\",\"id\":\"acme\",\"name\":\"Acme\",\"kind\":\"SUPPLIER\",\"group\":\"Parts\"}",
            "{\"command\":\"RegisterStakeholder\",\"id\":\"acme\",\"name\":\"Another\",\"kind\":\"SUPPLIER\",\"group\":\"Parts\"}",
            "{\"command\":\"RegisterStakeholder\",\"id\":\"bolt\",\"name\":\"Bolt\",\"kind\":\"SUPPLIER\",\"group\":\"Parts\"}");

    private static final byte[] LINES_AND_A_HALF =
            (String.join("\n", LINES) + "\n{\"command\":\"Regis").getBytes(UTF_8);

    private static final List<String> PROMISED = List.of(
            LINES.getFirst(),
            "{\"command\":\"EstablishRelationship\",\"id\":\"R-1\",\"stakeholderId\":\"acme\"}",
            "{\"command\":\"RecordCommitment\",\"relationshipId\":\"R-1\",\"id\":\"C-1\",\"madeBy\":\"US\",\"statement\":\"on"
                + " time\",\"dueOn\":\"2020-01-01\"}");

    @TempDir
    private Path data;

    /** How a caller may hang up in the middle of what it sends. */
    enum Manner {
        /** The connection is closed. */
        CLOSED {
            @Override
            void hangUp(Socket connection) throws IOException {
                connection.close();
            }
        },
        /** As when its program is killed while answers wait to be read. */
        RESET {
            @Override
            void hangUp(Socket connection) throws IOException {
                connection.setSoLinger(true, 0);
                connection.close();
            }
        },
        /** It goes on listening, to the end. */
        HALF_CLOSED {
            @Override
            void hangUp(Socket connection) throws IOException {
                connection.shutdownOutput();
                connection.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
        };

        abstract void hangUp(Socket connection) throws IOException;
    }

    /** How it may say how much it is going to send. */
    enum Length {
        SAID {
            @Override
            void begin(OutputStream out, byte[] some) throws IOException {
                out.write(head("Content-Length: 100000"));
                out.write(some);
                out.flush();
            }
        },
        NOT_SAID {
            @Override
            void begin(OutputStream out, byte[] some) throws IOException {
                out.write(head("Transfer-Encoding: chunked"));
                out.write((Integer.toHexString(some.length) + "\r\n").getBytes(UTF_8));
                out.write(some);
                out.write("\r\n".getBytes(UTF_8));
                out.flush();
            }
        };

        abstract void begin(OutputStream out, byte[] some) throws IOException;
    }

    @ParameterizedTest
    @CsvSource({
        "SAID, CLOSED",
        "SAID, RESET",
        "SAID, HALF_CLOSED",
        "NOT_SAID, CLOSED",
        "NOT_SAID, RESET",
        "NOT_SAID, HALF_CLOSED"
    })
    void is_told_in_one_line_that_says_how_far_it_came(Length length, Manner manner, CapturedOutput output)
            throws IOException {
        try (RunningRapport rapport = RunningRapport.in(data);
                Socket connection = connectedTo(rapport)) {
            length.begin(connection.getOutputStream(), LINES_AND_A_HALF);
            awaitAnswered(connection, LINES.size());

            manner.hangUp(connection);
        }

        isTold(output);
    }

    @ParameterizedTest
    @EnumSource
    void is_not_answered_as_if_it_had_come_to_its_end(Length length) throws IOException {
        try (RunningRapport rapport = RunningRapport.in(data);
                Socket connection = connectedTo(rapport)) {
            length.begin(connection.getOutputStream(), LINES_AND_A_HALF);
            BufferedReader answer = awaitAnswered(connection, LINES.size());

            connection.shutdownOutput();

            // a chunk of no length is the end of an answer
            assertThat(answer.lines()).noneMatch(line -> line.equals("0") || line.contains("\"lines\""));
        }
    }

    @Test
    void by_a_fault_of_ours_is_an_error_that_says_where(CapturedOutput output) throws IOException {
        AtomicBoolean fails = new AtomicBoolean();
        Clock clock = Clock.systemUTC();
        InstantSource broken = () -> {
            if (fails.get()) {
                throw new IllegalStateException("this was not thought of");
            }
            return clock.instant();
        };
        byte[] lines = (String.join("\n", PROMISED) + "\n").getBytes(UTF_8);
        try (RunningRapport rapport = RunningRapport.in(data, broken.withZone(ZoneOffset.UTC));
                Socket connection = connectedTo(rapport)) {
            OutputStream out = connection.getOutputStream();
            Length.NOT_SAID.begin(out, lines);
            BufferedReader answer = awaitAnswered(connection, PROMISED.size());

            // the import is at its end, and what is overdue is still to be noted
            fails.set(true);
            out.write("0\r\n\r\n".getBytes(UTF_8));
            out.flush();
            String line = answer.readLine();
            while (line != null && !line.equals("0")) {
                line = answer.readLine();
            }
            fails.set(false);
        }

        assertThat(output.getAll())
                .containsPattern("ERROR .*CommandProblems .*incident ")
                .contains("IllegalStateException: this was not thought of", "\tat " + Importer.class.getName())
                .doesNotContain("could not be read any further", "has hung up");
    }

    @Test
    void when_only_answers_are_to_come_is_told_in_one_line(CapturedOutput output) throws Exception {
        AtomicReference<@Nullable Socket> listening = new AtomicReference<>();
        CountDownLatch hungUp = new CountDownLatch(1);
        Clock clock = Clock.systemUTC();
        InstantSource watched = () -> {
            Socket connection = isAskedByAnImport() ? listening.getAndSet(null) : null;
            if (connection != null) {
                hangUp(connection);
                hungUp.countDown();
            }
            return clock.instant();
        };
        byte[] lines = (String.join("\n", PROMISED) + "\n").getBytes(UTF_8);
        try (RunningRapport rapport = RunningRapport.in(data, watched.withZone(ZoneOffset.UTC));
                Socket connection = connectedTo(rapport)) {
            OutputStream out = connection.getOutputStream();
            Length.NOT_SAID.begin(out, lines);
            awaitAnswered(connection, PROMISED.size());

            // all that the import still asks the time for is what to note as overdue, once it is at its end
            listening.set(connection);
            out.write("0\r\n\r\n".getBytes(UTF_8));
            out.flush();
            assertThat(hungUp.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        }

        isToldInOneLine(output, "has hung up before all of it was answered");
    }

    private static boolean isAskedByAnImport() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().startsWith(Importer.class.getName())));
    }

    private static void hangUp(Socket connection) {
        try {
            Manner.RESET.hangUp(connection);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void isTold(CapturedOutput output) {
        isToldInOneLine(output, "could not be read any further after 4 lines: 2 accepted, 1 repeated, 1 refused");
    }

    private static void isToldInOneLine(CapturedOutput output, String what) {
        assertThat(output.getAll().lines().filter(line -> line.contains(what)))
                .singleElement()
                .asString()
                .contains("WARN");
        assertThat(output.getAll()).doesNotContain("ERROR", "\tat ").containsOnlyOnce("WARN");
    }

    private static Socket connectedTo(RunningRapport rapport) throws IOException {
        URI address = URI.create(rapport.address());
        Socket connection = new Socket(address.getHost(), address.getPort());
        connection.setSoTimeout(PATIENCE_MILLIS);
        return connection;
    }

    private static byte[] head(String length) {
        return String.join(
                        "\r\n",
                        "POST /api/v1/imports HTTP/1.1",
                        "Host: rapport",
                        RawHttp.signedInAs("head"),
                        "Content-Type: application/x-ndjson",
                        length,
                        "",
                        "")
                .getBytes(UTF_8);
    }

    private static BufferedReader awaitAnswered(Socket connection, int lines) throws IOException {
        BufferedReader answer = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
        String line;
        do {
            line = answer.readLine();
            assertThat(line)
                    .as("what is answered until line %d is, and not the end of it", lines)
                    .isNotNull();
        } while (!line.startsWith("{\"line\":" + lines + ","));
        return answer;
    }
}
