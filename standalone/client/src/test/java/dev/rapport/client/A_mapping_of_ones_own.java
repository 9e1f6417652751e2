package dev.rapport.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class A_mapping_of_ones_own {

    private static final String VISITS = """
        {
          // Besuche
          "zone": "Europe/Berlin",
          "dateFormats": ["d.M.uuuu H:mm"],
          "decimalSeparator": ",",
          "commands": [
            {
              "command": "LogInteraction",
              "when": {"Art": ["Besuch", "Anruf"]},
              "fields": {
                "relationshipId": {"value": "{Kunde}", "as": "id"},
                "id": {"value": "{Kunde}/{Nr}", "as": "id"},
                "channel": {"value": "{Art}", "table": "arten"},
                "summary": "{Notiz}",
                "occurredAt": {"value": "{Datum}", "as": "time", "required": true}
              }
            },
            {
              "command": "RecordContribution",
              "when": {"Betrag": "*"},
              "fields": {
                "relationshipId": {"value": "{Kunde}", "as": "id"},
                "givenBy": "THEM",
                "statement": "{Notiz}",
                "amount": {"value": "{Betrag}", "as": "number"},
                "currency": "EUR"
              }
            }
          ],
          "tables": {"arten": {"Besuch": "VISIT", "Anruf": "CALL"}},
        }
        """;

    @TempDir
    private Path folder;

    private Typed dryRun(String mapping, byte[] csv, String... more) throws IOException {
        Path ours = Files.writeString(folder.resolve("ours.json"), mapping);
        Path file = Files.write(folder.resolve("besuche.csv"), csv);
        List<String> arguments = new ArrayList<>(
                List.of("import", file.toString(), "--dry-run", "--commands", "-", "--mapping", ours.toString()));
        arguments.addAll(List.of(more));
        return Typed.rapport(Map.of(), arguments.toArray(String[]::new));
    }

    private String refusals() throws IOException {
        return Files.readString(folder.resolve("besuche.csv.would-be-refused.ndjson"));
    }

    @Test
    void makes_commands_of_rows() throws IOException {
        Typed typed = dryRun(
                VISITS,
                "Nr;Kunde;Art;Datum;Betrag;Notiz\r\n7;k-1;Besuch;4.3.2025 9:07;1.234,50;Müller zahlt früh\r\n"
                        .getBytes(Charset.forName("windows-1252")));

        assertThat(typed.err()).isEmpty();
        assertThat(typed.out()).isEqualTo("""
            {"command":"LogInteraction","relationshipId":"k-1","id":"x-%s","channel":"VISIT","summary":"Müller zahlt früh","occurredAt":"2025-03-04T08:07:00Z"}
            {"command":"RecordContribution","relationshipId":"k-1","givenBy":"THEM","statement":"Müller zahlt früh","amount":1234.50,"currency":"EUR"}
            """.formatted("75ded761bb331994975ba38d624c616f"));
    }

    /** What is no id of Rapport's becomes one that is the same each time, and no other's. */
    @Test
    void makes_the_same_ids_each_time() throws IOException {
        byte[] csv = "Nr;Kunde;Art;Datum;Betrag;Notiz\n7;k-1;Anruf;4.3.2025 9:07;;x\n8;k-1;Anruf;4.3.2025 9:07;;x\n"
                .getBytes(UTF_8);

        String once = dryRun(VISITS, csv).out();

        assertThat(dryRun(VISITS, csv).out()).isEqualTo(once);
        assertThat(once.lines().distinct()).hasSize(2);
    }

    @Test
    void tells_of_each_cell_that_does_not_fit_and_uses_nothing_of_its_row() throws IOException {
        Typed typed = dryRun(VISITS, """
            Nr;Kunde;Art;Datum;Betrag;Notiz
            1;k-1;Besuch;gestern;viel;a
            2;k-1;Besuch;;;b
            3;k-1;Besuch;4.3.2025 9:07;c
            4;k-1;Besuch;4.3.2025 9:07;;"d"
            5;k-1;Besuch;4.3.2025 9:07;;"e
            """.getBytes(UTF_8));

        assertThat(typed.exit()).isEqualTo(1);
        assertThat(typed.out().lines()).hasSize(1);
        assertThat(refusals().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .contains("\"column\":\"Datum\"")
                                .contains("\"column\":\"Betrag\"")
                                .contains("“viel” is no number"),
                        line -> assertThat(line).contains("\"detail\":\"there is nothing\",\"column\":\"Datum\""),
                        line -> assertThat(line).contains("it has 5 cells, and the header has 6"),
                        line -> assertThat(line)
                                .contains("\"line\":6,\"row\":5")
                                .contains("the quote that opens in line 6 is never closed"));
    }

    private Typed dryRunOfAnAmount(String decimalSeparator, String amount) throws IOException {
        String said = decimalSeparator.isEmpty() ? "" : "\"decimalSeparator\": \"" + decimalSeparator + "\",";
        return dryRun(
                VISITS.replace("\"decimalSeparator\": \",\",", said),
                ("Nr;Kunde;Art;Datum;Betrag;Notiz\n7;k-1;Besuch;4.3.2025 9:07;" + amount + ";x\n").getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ,  | 1.234.567,50  | 1234567.50
        ,  | 1 234 567,5   | 1234567.5
        ,  | 12            | 12
        .  | 1,234,567.50  | 1234567.50
        .  | 12,34,567.5   | 1234567.5
        .  | 1’234’567.5   | 1234567.5
        '' | 1234567.50    | 1234567.50
        '' | -1 234.5      | -1234.5
        """)
    void takes_numbers_as_they_are_written(String decimalSeparator, String written, String number) throws IOException {
        Typed typed = dryRunOfAnAmount(decimalSeparator, written);

        assertThat(typed.out()).contains("\"amount\":" + number + ",");
    }

    /** “12,50” that is taken for 1250 is worse than none. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ,  | 12.50     | : the mapping says that a comma is in front of decimals, so a point is between thousands
        ,  | 1.2345,0  | : the mapping says that a comma is in front of decimals, so a point is between thousands
        ,  | 1.234 567 | : the mapping says that a comma is in front of decimals, so a point is between thousands
        .  | 12,50     | : the mapping says that a point is in front of decimals, so a comma is between thousands
        .  | 1,2,3     | : the mapping says that a point is in front of decimals, so a comma is between thousands
        .  | 1.2.3     | : the mapping says that a point is in front of decimals, so a comma is between thousands
        '' | 12,50     | ' unless the mapping says by decimalSeparator whether a point or a comma is in front of decimals'
        '' | 1,234     | ' unless the mapping says by decimalSeparator whether a point or a comma is in front of decimals'
        '' | 1.234.567 | ' unless the mapping says by decimalSeparator whether a point or a comma is in front of decimals'
        '' | 1 23      | ''
        '' | viel      | ''
        '' | €12,50    | ''
        """)
    void guesses_no_number(String decimalSeparator, String written, String why) throws IOException {
        Typed typed = dryRunOfAnAmount(decimalSeparator, written);

        assertThat(typed.out()).isEmpty();
        assertThat(refusals())
                .contains("\"detail\":\"“" + written + "” is no number" + why + "\"")
                .contains("\"column\":\"Betrag\"");
    }

    @Test
    void finds_what_the_file_has_twice() throws IOException {
        Typed typed = dryRun(VISITS, """
            Nr;Kunde;Art;Datum;Betrag;Notiz
            1;k-1;Besuch;4.3.2025 9:07;;a
            1;k-1;Besuch;4.3.2025 9:07;;a
            1;k-1;Besuch;4.3.2025 9:07;;another
            """.getBytes(UTF_8));

        assertThat(typed.out().lines()).hasSize(2);
        assertThat(refusals()).hasLineCount(1).contains("is that of line 2 already\",\"column\":\"Kunde, Nr\"");
    }

    @Test
    void has_long_texts_refused_or_cut() throws IOException {
        byte[] csv = ("Nr;Kunde;Art;Datum;Betrag;Notiz\n1;k-1;Besuch;4.3.2025 9:07;;" + "x".repeat(9_995) + "😀😀😀\n")
                .getBytes(UTF_8);

        assertThat(dryRun(VISITS, csv).exit()).isEqualTo(1);
        assertThat(refusals()).contains("has 10001 characters, and 10000 are the most\",\"column\":\"Notiz\"");

        Typed cut = dryRun(VISITS, csv, "--cut");
        assertThat(cut.exit()).isZero();
        assertThat(cut.out()).contains("x […]\"").doesNotContain("😀");
    }

    @Test
    void needs_the_columns_that_it_names() throws IOException {
        Typed typed = dryRun(VISITS, "Nr;Kunde;Art;Notiz\n".getBytes(UTF_8));

        assertThat(typed.exit()).isEqualTo(5);
        assertThat(typed.err()).contains("has no column Datum, Betrag; it has Nr, Kunde, Art, Notiz");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "zone"                | "zoen"               | it has “zoen”
        "LogInteraction"      | "LogInteractoin"     | there is no command LogInteractoin
        "summary":            | "sumary":            | LogInteraction has no field sumary
        "table": "arten"      | "table": "artne"     | names the table artne, which there is not
        "as": "number"        | "as": "decimal"      | is to be “decimal”, which is none of
        "Europe/Berlin"       | "Europe/Bärlin"      | a zone or a form of times is none
        "d.M.uuuu H:mm"       | "d.M.uuuu H:bb"      | a zone or a form of times is none
        "givenBy": "THEM",    | ''                   | RecordContribution needs givenBy
        "commands": [         | "commands": [,       | is no JSON
        """)
    void is_refused_where_it_is_wrong(String right, String wrong, String words) throws IOException {
        Typed typed = dryRun(VISITS.replace(right, wrong), "Nr;Kunde;Art;Datum;Betrag;Notiz\n".getBytes(UTF_8));

        assertThat(typed.exit()).isEqualTo(5);
        assertThat(typed.err()).contains(words);
    }

    @Test
    void begins_with_a_ready_one() {
        Typed typed = Typed.rapport(Map.of(), "mapping", "hubspot-calls");

        assertThat(typed.exit()).isZero();
        assertThat(typed.out()).contains("\"command\": \"LogInteraction\"");
        assertThat(Typed.rapport(Map.of(), "mapping").out()).hasLineCount(9).contains("espocrm-meetings");
    }
}
