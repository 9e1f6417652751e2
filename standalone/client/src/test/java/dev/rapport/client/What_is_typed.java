package dev.rapport.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class What_is_typed {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"import", "export", "history", "verify", "mapping"})
    void may_be_a_question_for_help(String command) {
        Typed typed = Typed.rapport(Map.of(), command, "--help");

        assertThat(typed.exit()).isZero();
        assertThat(typed.out())
                .contains("Usage: rapport " + command)
                .containsPattern("Examples?:")
                .doesNotContain("\u001B");
    }

    @Test
    void gets_an_overview() {
        assertThat(Typed.rapport(Map.of(), "--help").out())
                .contains("RAPPORT_TOKEN")
                .contains("How it ends:");
        assertThat(Typed.rapport(Map.of(), "--version").out()).startsWith("rapport ");
        assertThat(Typed.rapport(Map.of(), "generate-completion").out()).contains("complete -F");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fly",
                "import",
                "import x --mapping",
                "import x.csv",
                "import x --cut",
                "import x --commands y",
                "import x --mapping nowhere --dry-run",
                "export commitments --format pdf",
                "export commitments --format graphml",
                "export commitments --filter colour=red",
                "export promises",
                "export relationships/a b/history",
                "history",
                "history ../audit",
                "history r --limit 0",
                "history r --zone Nowhere",
                "history r --url ftp://somewhere",
                "history r --url http://user:secret@somewhere",
                "history r --retries -1",
                "verify",
                "mapping nothing"
            })
    void makes_no_sense(String line) throws IOException {
        for (String file : new String[] {"x", "x.csv"}) {
            Files.writeString(folder.resolve(file), "");
        }
        String[] arguments = line.isEmpty()
                ? new String[0]
                : line.replace("import x", "import " + folder + "/x").split(" ", -1);

        Typed typed = Typed.rapport(Typed.signedIn("http://127.0.0.1:1"), arguments);

        assertThat(typed.exit()).as(typed.err()).isEqualTo(2);
        assertThat(typed.err())
                .startsWith("rapport: ")
                .doesNotContain("Exception")
                .doesNotContain("\tat ");
    }

    @Test
    void has_to_say_who_calls() {
        Map<String, String> environment = new HashMap<>(Typed.signedIn("http://127.0.0.1:1"));
        environment.remove("RAPPORT_PASSWORD");

        assertThat(Typed.rapport(environment, "history", "r").err()).contains("the password of somebody?");
        environment.remove("RAPPORT_USER");
        assertThat(Typed.rapport(environment, "history", "r").err()).contains("who calls?");
    }

    @Test
    void never_has_a_password() {
        Typed typed = Typed.rapport(Map.of(), "history", "r", "--user", "head", "--password=secret");

        assertThat(typed.exit()).isEqualTo(2);
    }

    @Test
    void may_name_files_with_secrets() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "a secret\n");
        try (RapportOfATest rapport = new RapportOfATest().exporting("{\"items\": []}", false)) {
            Map<String, String> environment = Map.of("RAPPORT_URL", rapport.address() + "/");

            assertThat(Typed.rapport(environment, "history", "r", "-u", "head", "--password-file", secret.toString())
                            .exit())
                    .isZero();
            assertThat(Typed.rapport(environment, "history", "r", "--token-file", secret.toString())
                            .exit())
                    .isZero();
            assertThat(Typed.rapport(
                                    environment,
                                    "history",
                                    "r",
                                    "--token-file",
                                    folder.resolve("none").toString())
                            .exit())
                    .isEqualTo(5);
            assertThat(rapport.requests()).containsOnly("/api/v1/relationships/r/history?limit=20");
            assertThat(rapport.authorizations()).containsExactly("Basic aGVhZDphIHNlY3JldA==", "Bearer a secret");
        }
    }

    @Test
    void is_warned_of_where_it_can_be_read_on_its_way() {
        Typed typed = Typed.rapport(Typed.signedIn("http://rapport.invalid"), "history", "r", "--retries", "0");

        assertThat(typed.exit()).isEqualTo(4);
        assertThat(typed.err()).contains("it is not https");
    }
}
