package dev.rapport.client.csv;

import static dev.rapport.client.failure.Exit.FILE;

import dev.rapport.client.csv.CsvReader.Row;
import dev.rapport.client.failure.ClientFailure;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file of CSV with a header, in whatever encoding and with whatever separator it came. */
final class CsvFile implements AutoCloseable {

    /** What Windows writes in Western Europe and America. */
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_HEADER = 1 << 20;

    private final Path file;
    private final Counted bytes;
    private final CsvReader rows;
    private final List<String> header;
    private final long size;

    private CsvFile(Path file, Counted bytes, CsvReader rows, List<String> header) throws IOException {
        this.file = file;
        this.bytes = bytes;
        this.rows = rows;
        this.header = header;
        this.size = Files.size(file);
    }

    /**
     * Opens a file and reads its header.
     *
     * @param encoding found out when it isn't said: by a byte order mark, else UTF-8 if all of the file is that, else Windows-1252
     * @param separator found out when it isn't said: the one that occurs most often in the header
     */
    static CsvFile open(Path file, Optional<Charset> encoding, Optional<Character> separator) throws IOException {
        Mark mark = Mark.of(file);
        Charset charset =
                encoding.orElse(!mark.bytes.isEmpty() ? mark.charset : isUtf8(file) ? StandardCharsets.UTF_8 : WINDOWS);
        Counted bytes = new Counted(new BufferedInputStream(Files.newInputStream(file), BUFFER));
        try {
            bytes.skipNBytes(mark.bytes.size());
            BufferedReader text = new BufferedReader(
                    new InputStreamReader(
                            bytes,
                            charset.newDecoder()
                                    .onMalformedInput(CodingErrorAction.REPORT)
                                    .onUnmappableCharacter(CodingErrorAction.REPORT)),
                    BUFFER);
            Optional<Character> said = separator.isPresent() ? separator : saidByFirstLine(text);
            CsvReader rows = new CsvReader(
                    text, said.isPresent() ? said.get() : found(text), said.isPresent() && separator.isEmpty() ? 2 : 1);
            Row header = rows.next();
            if (header == null) {
                throw new ClientFailure(FILE, file + " is empty");
            }
            return new CsvFile(
                    file,
                    bytes,
                    rows,
                    header.cells().stream().map(String::strip).toList());
        } catch (CharacterCodingException e) {
            bytes.close();
            throw wronglyEncoded(file, e);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    private static ClientFailure wronglyEncoded(Path file, CharacterCodingException e) {
        return new ClientFailure(FILE, file + " is not in the encoding that --encoding names", e);
    }

    private static boolean isUtf8(Path file) throws IOException {
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            char[] some = new char[BUFFER];
            int read = text.read(some);
            while (read >= 0) {
                read = text.read(some);
            }
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Excel is told a separator by a first line such as {@code sep=;}. */
    private static Optional<Character> saidByFirstLine(BufferedReader text) throws IOException {
        text.mark(LONGEST_HEADER);
        String first = text.readLine();
        if (first != null && first.matches("(?i)\"?sep=.\"?")) {
            return Optional.of(first.charAt(first.indexOf('=') + 1));
        }
        text.reset();
        return Optional.empty();
    }

    private static char found(BufferedReader text) throws IOException {
        text.mark(LONGEST_HEADER);
        String first = text.readLine();
        text.reset();
        char found = SEPARATORS.get(0);
        int most = 0;
        for (char candidate : SEPARATORS) {
            Row row = first == null ? null : new CsvReader(new StringReader(first), candidate, 1).next();
            int cells = row == null ? 0 : row.cells().size();
            if (cells > most) {
                most = cells;
                found = candidate;
            }
        }
        return found;
    }

    List<String> header() {
        return header;
    }

    /** The next row, or null at the end. */
    @Nullable
    Row next() throws IOException {
        try {
            return rows.next();
        } catch (CharacterCodingException e) {
            throw wronglyEncoded(file, e);
        }
    }

    long size() {
        return size;
    }

    /** How many bytes were read, some of which were only read ahead. */
    long read() {
        return bytes.count;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    /** The bytes that some programs put in front of text to say how it is encoded. */
    private record Mark(Charset charset, List<Integer> bytes) {

        private static final Mark NONE = new Mark(StandardCharsets.UTF_8, List.of());
        private static final List<Mark> ALL = List.of(
                new Mark(StandardCharsets.UTF_8, List.of(0xEF, 0xBB, 0xBF)),
                new Mark(StandardCharsets.UTF_16LE, List.of(0xFF, 0xFE)),
                new Mark(StandardCharsets.UTF_16BE, List.of(0xFE, 0xFF)));

        static Mark of(Path file) throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                List<Integer> first = new ArrayList<>();
                for (byte b : in.readNBytes(3)) {
                    first.add(b & 0xFF);
                }
                return ALL.stream()
                        .filter(mark -> first.size() >= mark.bytes.size()
                                && first.subList(0, mark.bytes.size()).equals(mark.bytes))
                        .findFirst()
                        .orElse(NONE);
            }
        }
    }

    private static final class Counted extends FilterInputStream {

        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int n = super.read(into, offset, length);
            count += Math.max(n, 0);
            return n;
        }
    }
}
