package dev.rapport.client.csv;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.client.csv.CsvReader.Row;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class A_file_of_csv {

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    @TempDir
    private Path folder;

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("file.csv"), content);
    }

    private static List<List<String>> all(CsvFile file) throws IOException {
        List<List<String>> all = new ArrayList<>(List.of(file.header()));
        for (Row row = file.next(); row != null; row = file.next()) {
            assertThat(row.fault()).isEmpty();
            all.add(row.cells());
        }
        return all;
    }

    private List<List<String>> read(byte[] content) throws IOException {
        try (CsvFile file = CsvFile.open(file(content), Optional.empty(), Optional.empty())) {
            return all(file);
        }
    }

    private static List<Row> rows(String text, char separator) throws IOException {
        CsvReader reader = new CsvReader(new StringReader(text), separator, 1);
        List<Row> rows = new ArrayList<>();
        for (Row row = reader.next(); row != null; row = reader.next()) {
            rows.add(row);
        }
        return rows;
    }

    @Test
    void is_read_in_the_encoding_that_it_is_in() throws IOException {
        String text = "name,city\nCafé Müller,Zürich\n";
        List<List<String>> rows = List.of(List.of("name", "city"), List.of("Café Müller", "Zürich"));

        assertThat(read(text.getBytes(UTF_8))).isEqualTo(rows);
        assertThat(read(("\uFEFF" + text).getBytes(UTF_8))).isEqualTo(rows);
        assertThat(read(("\uFEFF" + text).getBytes(UTF_16LE))).isEqualTo(rows);
        assertThat(read(text.getBytes(WINDOWS))).isEqualTo(rows);
    }

    @Test
    void is_refused_in_an_encoding_that_it_is_not_in() throws IOException {
        Path windows = file("name\nMüller\n".getBytes(WINDOWS));

        assertThatThrownBy(() -> {
                    try (CsvFile file = CsvFile.open(windows, Optional.of(UTF_8), Optional.empty())) {
                        all(file);
                    }
                })
                .hasMessageContaining("not in the encoding");
    }

    @Test
    void is_read_with_the_separator_that_it_has() throws IOException {
        List<List<String>> rows = List.of(List.of("a", "b, c", "d"), List.of("1", "2", "3,5"));

        assertThat(read("a;\"b, c\";d\n1;2;3,5\n".getBytes(UTF_8))).isEqualTo(rows);
        assertThat(read("a\tb, c\td\n1\t2\t3,5\n".getBytes(UTF_8))).isEqualTo(rows);
        assertThat(read("a,\"b, c\",d\n1,2,\"3,5\"\n".getBytes(UTF_8))).isEqualTo(rows);
    }

    @Test
    void may_say_its_separator_as_excel_has_it() throws IOException {
        try (CsvFile file =
                CsvFile.open(file("sep=;\na,b;c\n1;2\n".getBytes(UTF_8)), Optional.empty(), Optional.empty())) {
            assertThat(file.header()).containsExactly("a,b", "c");
            assertThat(file.next()).isEqualTo(new Row(3, List.of("1", "2"), Optional.empty()));
        }
    }

    @Test
    void has_cells_of_several_lines_and_knows_the_line_of_each_row() throws IOException {
        List<Row> rows = rows("a,b\r\n1,\"two\r\nlines \"\"quoted\"\"\"\r\n\r\n3,\n", ',');

        assertThat(rows)
                .containsExactly(
                        new Row(1, List.of("a", "b"), Optional.empty()),
                        new Row(2, List.of("1", "two\nlines \"quoted\""), Optional.empty()),
                        new Row(5, List.of("3", ""), Optional.empty()));
    }

    @Test
    void ends_its_lines_in_any_way_and_the_last_one_in_none() throws IOException {
        assertThat(rows("a\rb\nc\r\nd", ',').stream().map(Row::line)).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void has_rows_that_cannot_be_relied_on() throws IOException {
        List<Row> rows = rows("a,\"b\"c,d\ne,\"f\n\ng", ',');

        assertThat(rows.get(0).fault())
                .hasValueSatisfying(fault -> assertThat(fault)
                        .contains("text follows a closing quote")
                        .contains("line 1"));
        assertThat(rows.get(1).fault())
                .hasValueSatisfying(fault -> assertThat(fault).contains("opens in line 2 is never closed"));
    }

    @Test
    void is_not_read_into_memory_as_one_cell_by_a_quote_that_is_not_closed() {
        assertThatThrownBy(() -> rows("a,\"" + "x\n".repeat(3_000_000), ','))
                .hasMessageContaining("begins in line 1")
                .hasMessageContaining("not closed");
    }

    /** Made of what is hard: separators, quotes, line ends, blanks, and letters beyond ASCII. */
    @Test
    void is_read_as_commons_csv_reads_it() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] pieces = {",", "\"\"", "\n", " ", "a", "é", "😀", ";", "'", "\t"};
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            int columns = 2 + random.nextInt(3);
            for (int row = 0; row < 1 + random.nextInt(5); row++) {
                for (int column = 0; column < columns; column++) {
                    text.append(column == 0 ? "\"" : ",\"");
                    for (int piece = random.nextInt(6); piece > 0; piece--) {
                        text.append(pieces[random.nextInt(pieces.length)]);
                    }
                    text.append('"');
                }
                text.append(random.nextBoolean() ? "\r\n" : "\n");
            }
            try (CSVParser theirs = CSVParser.parse(text.toString(), CSVFormat.RFC4180)) {
                assertThat(rows(text.toString(), ',').stream().map(Row::cells))
                        .as("seed %d: %s", seed, text)
                        .isEqualTo(theirs.getRecords().stream()
                                .map(CSVRecord::toList)
                                .toList());
            }
        }
    }
}
