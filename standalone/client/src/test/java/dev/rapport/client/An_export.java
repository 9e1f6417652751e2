package dev.rapport.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class An_export {

    @TempDir
    private Path folder;

    private RapportOfATest rapport;

    @BeforeEach
    void start() throws IOException {
        rapport = new RapportOfATest();
    }

    @AfterEach
    void stop() {
        rapport.close();
    }

    private Typed export(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "export";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Typed.rapport(Typed.signedIn(rapport.address()), all);
    }

    @Test
    void goes_to_the_output_and_says_what_it_is_of() {
        rapport.exporting("id\r\na\r\n", false);

        Typed typed = export("commitments", "--filter", "state=OPEN", "--filter", "madeBy=US");

        assertThat(typed.exit()).isZero();
        assertThat(typed.out()).isEqualTo("id\r\na\r\n");
        assertThat(typed.err()).isEqualTo("rapport: commitments: 7 bytes, as of position 1697\n");
        assertThat(rapport.requests()).containsExactly("/api/v1/commitments?state=OPEN&madeBy=US");
    }

    @Test
    void goes_to_a_file_in_the_form_that_the_name_says() throws IOException {
        rapport.exporting("<graphml/>", false);
        Path file = folder.resolve("network.graphml");

        assertThat(export("reports/network", "-o", file.toString()).exit()).isZero();

        assertThat(file).hasContent("<graphml/>");
        assertThat(rapport.accepted()).containsExactly("application/graphml+xml");
    }

    @Test
    void that_breaks_off_leaves_what_was_there_before() throws IOException {
        rapport.exporting("half", true);
        Path file = Files.writeString(folder.resolve("open.csv"), "yesterday's");

        Typed typed = export("commitments", "-o", file.toString());

        assertThat(typed.exit()).isEqualTo(4);
        assertThat(typed.err()).contains("broken off");
        assertThat(file).hasContent("yesterday's");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    @Timeout(30)
    void that_falls_silent_is_broken_off() throws IOException {
        rapport.fallingSilentAfter("half");
        Path file = Files.writeString(folder.resolve("open.csv"), "yesterday's");

        Typed typed = export("commitments", "-o", file.toString(), "--timeout", "1");

        assertThat(typed.exit()).isEqualTo(4);
        assertThat(typed.err())
                .contains("nothing more of the answer came for 1 s")
                .contains("broken off");
        assertThat(file).hasContent("yesterday's");
    }

    @Test
    void cannot_be_written_where_there_is_no_folder() {
        rapport.exporting("all", false);

        Typed typed =
                export("commitments", "-o", folder.resolve("none/open.csv").toString());

        assertThat(typed.exit()).isEqualTo(5);
        assertThat(typed.err()).contains("can't be written");
    }

    @Test
    void takes_the_place_of_no_pipe_or_device() throws Exception {
        rapport.exporting("all", false);
        Path pipe = folder.resolve("open.csv");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        Typed typed = export("commitments", "-o", pipe.toString());

        assertThat(typed.exit()).as(typed.err()).isEqualTo(2);
        assertThat(typed.err()).contains("(--output) can't be written to " + pipe + ", which is no file but a pipe");
        assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther())
                .isTrue();
        assertThat(rapport.requests()).isEmpty();
    }

    @Test
    void waits_for_its_turn() {
        rapport.refusing(2, 503).exporting("id\r\n", false);

        assertThat(export("/api/v1/relationships").out()).isEqualTo("id\r\n");
        assertThat(rapport.requests()).hasSize(3);
    }

    @Test
    void is_offered_of_every_list() {
        Typed typed = Typed.rapport(Map.of(), "export");

        assertThat(typed.out())
                .contains("relationships/ID/history ")
                .contains("reports/network ")
                .contains("audit/access ")
                .doesNotContain("{");
    }
}
