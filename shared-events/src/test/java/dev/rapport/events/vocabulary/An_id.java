package dev.rapport.events.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class An_id {

    private static final Pattern CONTRACT = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @Test
    void has_no_characters_but_those_of_the_contract() {
        for (int character = 0; character <= Character.MAX_VALUE; character++) {
            String alone = String.valueOf((char) character);

            assertThat(isTaken(alone))
                    .as("U+%04X", character)
                    .isEqualTo(isTaken("a" + alone + "z"))
                    .isEqualTo(CONTRACT.matcher(alone).matches());
        }
    }

    @Test
    void has_1_to_64_characters() {
        assertThat(isTaken("")).isFalse();
        assertThat(isTaken("a".repeat(64))).isTrue();
        assertThat(isTaken("a".repeat(65))).isFalse();
    }

    @Test
    void is_refused_in_words() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EntryId("a/b"))
                .withMessage("an id has 1-64 characters out of A-Z a-z 0-9 . _ -");
    }

    private static boolean isTaken(String value) {
        try {
            return new EntryId(value).value().equals(value);
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }
}
