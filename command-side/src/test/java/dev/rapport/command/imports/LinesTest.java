package dev.rapport.command.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.command.imports.Lines.Line;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines off a stream, never more of one in memory than it may have. */
class LinesTest {

    private static final String TOO_LONG = "(too long)";

    /** Numbers and contents of all lines of up to 5 bytes. */
    private static Stream<String> linesOf(String text) {
        return read(text)
                .map(line -> line.number() + ":"
                        + (line.content() == null ? TOO_LONG : new String(line.content(), StandardCharsets.UTF_8)));
    }

    private static Stream<Line> read(String text) {
        Lines lines = new Lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 5);
        return Stream.generate(() -> next(lines)).takeWhile(Objects::nonNull);
    }

    private static Line next(Lines lines) {
        try {
            return lines.next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Nested
    class A_stream {

        @Test
        void of_nothing_has_no_line() {
            assertThat(linesOf("")).isEmpty();
        }

        @Test
        void has_its_lines_in_order_and_counted_from_one() {
            assertThat(linesOf("a\nbc\n\ndef\n")).containsExactly("1:a", "2:bc", "3:", "4:def");
        }

        @Test
        void may_lack_the_end_of_its_last_line() {
            assertThat(linesOf("a\nbc")).containsExactly("1:a", "2:bc");
        }
    }

    /** What comes piece by piece, each of which is there when the one before it has been read. */
    @Nested
    class A_stream_that_comes_in_pieces {

        private final ArrayDeque<String> pieces = new ArrayDeque<>();

        private final Lines lines = new Lines(
                new InputStream() {
                    @Override
                    public int read() {
                        throw new UnsupportedOperationException("reads in pieces");
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) {
                        String piece = pieces.poll();
                        if (piece == null) {
                            return -1;
                        }
                        byte[] read = piece.getBytes(StandardCharsets.UTF_8);
                        System.arraycopy(read, 0, bytes, offset, read.length);
                        return read.length;
                    }

                    @Override
                    public int available() {
                        String piece = pieces.peek();
                        return piece == null ? 0 : piece.length();
                    }
                },
                5);

        @Test
        void has_lines_that_begin_in_one_and_end_in_another() throws IOException {
            Collections.addAll(pieces, "a\nb", "c", "d\n\n12", "345", "6\ne");

            assertThat(Stream.generate(() -> LinesTest.next(lines)).takeWhile(Objects::nonNull))
                    .extracting(line -> line.content() == null ? TOO_LONG : new String(line.content(), UTF_8))
                    .containsExactly("a", "bcd", "", TOO_LONG, "e");
        }

        @Test
        void has_more_when_the_whole_of_the_next_line_can_be_read_without_waiting() throws IOException {
            assertThat(lines.isMoreThere()).isFalse();
            Collections.addAll(pieces, "a", "b\nc");

            assertThat(lines.isMoreThere()).isTrue();
            assertThat(new String(Objects.requireNonNull(lines.next()).content(), UTF_8))
                    .isEqualTo("ab");
            assertThat(lines.isMoreThere()).as("half a line").isFalse();
            pieces.add("d\n");
            assertThat(lines.isMoreThere()).isTrue();
            assertThat(new String(Objects.requireNonNull(lines.next()).content(), UTF_8))
                    .isEqualTo("cd");
        }
    }

    @Nested
    class A_line {

        @Test
        void may_have_as_many_bytes_as_the_longest() {
            assertThat(linesOf("12345\n12345")).containsExactly("1:12345", "2:12345");
        }

        @Test
        void that_is_longer_is_read_over_and_told() {
            assertThat(linesOf("123456\na\n12345678901234567890"))
                    .containsExactly("1:" + TOO_LONG, "2:a", "3:" + TOO_LONG);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "\t", "\r", " \t\r"})
        void of_white_space_is_blank(String blank) {
            assertThat(read(blank + "\n")).singleElement().matches(Line::isBlank);
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", " x ", "\u00A0", "123456"})
        void of_anything_else_is_not(String content) {
            assertThat(read(content)).singleElement().matches(line -> !line.isBlank());
        }
    }
}
