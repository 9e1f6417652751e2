package dev.rapport.events.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class A_start_that_is_refused {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "there is no key        | set one  | there is no key: set one",
                "Nothing says who it is. | Set this. | Nothing says who it is. Set this.",
            })
    void says_what_is_wrong_and_what_to_do(String complaint, String advice, String message) {
        assertThat(new StartRefused(complaint, advice)).hasMessage(message).hasNoCause();
    }

    @Test
    void names_settings_as_a_file_and_the_environment_spell_them() {
        assertThat(SettingName.joined(", or ", List.of("rapport.zone", "rapport.seal.key-file")))
                .isEqualTo("rapport.zone (RAPPORT_ZONE), or rapport.seal.key-file (RAPPORT_SEAL_KEY_FILE)");
    }
}
