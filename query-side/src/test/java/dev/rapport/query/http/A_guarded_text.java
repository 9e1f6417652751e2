package dev.rapport.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class A_guarded_text {

    private static final long SEED = 4180;
    private static final List<String> PIECES = List.of(
            "=", "+", "-", "@", "\t", "\r", "\n", " ", "\"", "'", ",", ";", "\u00A0", "\uFEFF", "\u200B", "\uFF1D", "a",
            "1", "|", "\u0000", "é", "💩");

    static String withoutGuard(String cell) {
        return cell.startsWith("'") ? cell.substring(1) : cell;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "-",
                "@SUM(A1)",
                "\t=1",
                "\tno formula",
                "\r=1",
                "\n=1",
                "  =1",
                "\" =1",
                "\"\"=1",
                "\u00A0=1",
                "\uFEFF=1",
                "\u200B+1",
                "\uFF1D1+1",
                "\uFF0B1",
                "\uFF0D1",
                "\uFF20A1",
                "=cmd|' /C calc'!A0",
                "'quoted'",
                "''"
            })
    void begins_with_an_apostrophe_more(String text) {
        assertThat(FormulaGuard.guard(text)).isEqualTo("'" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a=1", "1-2", "It's", "\"quoted\"", "a\n=1", "é", "(-1)", "#N/A", "\u00A0"})
    void is_the_text_itself_when_nothing_takes_it_for_a_formula(String text) {
        assertThat(FormulaGuard.guard(text)).isEqualTo(text);
    }

    @Test
    void gives_any_text_back() {
        System.out.println("seed " + SEED);
        var random = new Random(SEED);
        for (int round = 0; round < 100_000; round++) {
            var text = new StringBuilder();
            for (int piece = random.nextInt(6); piece >= 0; piece--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            String guarded = FormulaGuard.guard(text.toString());
            assertThat(withoutGuard(guarded)).isEqualTo(text.toString());
            assertThat(guarded.stripLeading()).doesNotStartWith("=").doesNotStartWith("+");
            assertThat(guarded).doesNotContainPattern("\\A[\\p{Z}\\p{C}\"]*[=+\\-@\uFF1D]");
        }
    }
}
