package dev.rapport.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class An_import {

    private static final String AT_ONCE = "--retries=0";

    @TempDir
    private Path folder;

    private RapportOfATest rapport;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        rapport = new RapportOfATest();
        file = folder.resolve("history.ndjson");
    }

    @AfterEach
    void stop() {
        rapport.close();
    }

    private static List<String> calls(int number) {
        return IntStream.rangeClosed(1, number).mapToObj(i -> call("i-" + i)).toList();
    }

    private static String call(String id) {
        return "{\"command\":\"LogInteraction\",\"relationshipId\":\"r\",\"id\":\"" + id
                + "\",\"channel\":\"CALL\",\"summary\":\"we talked\"}";
    }

    private Typed run(String... more) {
        return Typed.rapport(
                Typed.signedIn(rapport.address()),
                Stream.concat(Stream.of("import", file.toString()), Arrays.stream(more))
                        .toArray(String[]::new));
    }

    private Path beside(String ending) {
        return folder.resolve("history.ndjson" + ending);
    }

    @Test
    void sends_every_line_in_order_in_one_request() throws IOException {
        Files.write(file, calls(1_000));

        Typed typed = run();

        assertThat(typed.exit()).as(typed.err()).isZero();
        assertThat(typed.out()).isEqualTo("history.ndjson: 1,000 accepted, 0 repeated, 0 refused\n");
        assertThat(rapport.imports()).containsExactly(calls(1_000));
        assertThat(folder).isDirectoryContaining("glob:**.ndjson").isDirectoryNotContaining("glob:**.rapport-import*");
    }

    @Test
    void does_nothing_the_second_time() throws IOException {
        Files.write(file, calls(10));
        run();

        assertThat(run().out()).isEqualTo("history.ndjson: 0 accepted, 10 repeated, 0 refused\n");
    }

    @Test
    void passes_over_blank_lines_and_a_byte_order_mark() throws IOException {
        Files.writeString(file, "\uFEFF" + call("i-1") + "\r\n\r\n   \n" + call("i-2"), UTF_8);

        assertThat(run().out()).startsWith("history.ndjson: 2 accepted");
        assertThat(rapport.imports().get(0).get(1)).isEqualTo(call("i-2"));
    }

    @Test
    void tells_what_was_refused_and_why() throws IOException {
        Files.write(file, List.of(call("i-1"), "", call("no-1"), call("i-2"), call("no-2")));

        Typed typed = run();

        assertThat(typed.exit()).isEqualTo(1);
        assertThat(typed.out()).isEqualTo("""
            history.ndjson: 2 accepted, 0 repeated, 2 refused
                    2  No
              line 3: No (400)
                /id begins with no
              line 5: No (400)
                /id begins with no
            Each with its reason: %s
            """.formatted(beside(".refused.ndjson")));
        assertThat(beside(".refused.ndjson"))
                .content()
                .startsWith("{\"line\":3,\"command\":" + call("no-1") + ",\"problem\":{")
                .hasLineCount(2);
    }

    @Test
    void leaves_no_report_where_nothing_was_refused() throws IOException {
        Files.writeString(beside(".refused.ndjson"), "of an earlier import");
        Files.write(file, calls(1));

        run();

        assertThat(beside(".refused.ndjson")).doesNotExist();
    }

    @Test
    void goes_on_by_itself_where_the_connection_broke() throws IOException {
        Files.write(file, calls(5_000));
        rapport.breakingAfter(2_000);

        Typed typed = run();

        assertThat(typed.exit()).as(typed.err()).isZero();
        assertThat(typed.out()).startsWith("history.ndjson: 5,000 accepted, 0 repeated");
        assertThat(rapport.imports()).hasSize(2);
        assertThat(rapport.imports().get(1)).isEqualTo(calls(5_000).subList(2_000, 5_000));
    }

    @Test
    void that_was_given_up_goes_on_when_it_is_typed_again() throws IOException {
        Files.write(file, calls(5_000));
        rapport.breakingAfter(2_000);

        Typed first = run(AT_ONCE);

        assertThat(first.exit()).isEqualTo(4);
        assertThat(first.err()).contains("broken off after 2000").contains("the same command goes on there");
        assertThat(beside(".rapport-import")).exists();

        Typed second = run(AT_ONCE);

        assertThat(second.exit()).as(second.err()).isZero();
        assertThat(second.err()).contains("goes on where it was broken off: 2000 are done");
        assertThat(second.out()).startsWith("history.ndjson: 5,000 accepted, 0 repeated");
        assertThat(rapport.imports().get(1)).isEqualTo(calls(5_000).subList(2_000, 5_000));
        assertThat(beside(".rapport-import")).doesNotExist();
    }

    @Test
    void that_goes_on_has_the_report_of_what_was_refused_before() throws IOException {
        Files.write(file, List.of(call("no-1"), call("i-1"), call("no-2"), call("i-2")));
        rapport.breakingAfter(2);
        run(AT_ONCE);
        Files.writeString(
                beside(".refused.ndjson"),
                "half a line that was written before it was kill",
                StandardOpenOption.APPEND);

        Typed second = run(AT_ONCE);

        assertThat(second.out()).startsWith("history.ndjson: 2 accepted, 0 repeated, 2 refused\n        2  No\n");
        assertThat(beside(".refused.ndjson")).content().hasLineCount(2).doesNotContain("half a line");
    }

    @Test
    void does_not_go_on_with_another_file() throws IOException {
        Files.write(file, calls(10));
        rapport.breakingAfter(5);
        run(AT_ONCE);
        Files.writeString(file, Files.readString(file).replace("i-3", "i-33"));

        Typed second = run(AT_ONCE);

        assertThat(second.exit()).isEqualTo(5);
        assertThat(second.err()).contains("is not what it was").contains("--restart");
        assertThat(run(AT_ONCE, "--restart").out()).isEqualTo("history.ndjson: 6 accepted, 4 repeated, 0 refused\n");
    }

    @Test
    void goes_on_with_a_file_that_has_grown() throws IOException {
        Files.write(file, calls(10));
        rapport.breakingAfter(5);
        run(AT_ONCE);
        Files.write(file, calls(12));

        assertThat(run(AT_ONCE).out()).startsWith("history.ndjson: 12 accepted, 0 repeated");
    }

    @Test
    void to_another_rapport_is_another_import() throws IOException {
        Files.write(file, calls(10));
        rapport.breakingAfter(5);
        run(AT_ONCE);
        try (RapportOfATest another = new RapportOfATest()) {
            Typed elsewhere = Typed.rapport(Typed.signedIn(another.address()), "import", file.toString());

            assertThat(elsewhere.exit()).isEqualTo(5);
            assertThat(elsewhere.err())
                    .contains("by somebody to " + rapport.address())
                    .contains("--restart");
        }
    }

    @Test
    void waits_and_tries_again_when_rapport_cannot_take_it_now() throws IOException {
        Files.write(file, calls(3));
        rapport.refusing(2, 503);

        Typed typed = run();

        assertThat(typed.exit()).as(typed.err()).isZero();
        assertThat(typed.err()).contains("Not now (503); tries again");
        assertThat(typed.out()).startsWith("history.ndjson: 3 accepted");
    }

    @Test
    void gives_a_line_again_that_could_not_be_taken_now_and_those_after_it_in_order() throws IOException {
        Files.write(file, calls(5));
        rapport.unavailableOnceFor(call("i-3"));

        Typed typed = run();

        assertThat(typed.exit()).as(typed.err()).isZero();
        assertThat(rapport.imports().get(1)).isEqualTo(calls(5).subList(2, 5));
        assertThat(typed.out()).contains("0 refused");
    }

    @Test
    void is_not_tried_again_when_the_answer_is_no() throws IOException {
        Files.write(file, calls(100_000));
        rapport.refusing(1, 403);

        Typed typed = run();

        assertThat(typed.exit()).isEqualTo(3);
        assertThat(typed.err()).isEqualTo("rapport: Not now (403)\n");
        assertThat(rapport.imports()).isEmpty();
    }

    @Test
    void of_which_nothing_was_taken_stands_in_nobodys_way() throws IOException {
        Files.write(file, calls(3));
        rapport.refusing(1, 403);
        run();
        Map<String, String> somebodyElse = Typed.signedIn(rapport.address());
        somebodyElse.put("RAPPORT_USER", "another");

        Typed typed = Typed.rapport(somebodyElse, "import", file.toString());

        assertThat(typed.exit()).as(typed.err()).isZero();
    }

    @Test
    void goes_through_a_proxy_that_holds_requests_back_in_several_of_them() throws IOException {
        int number = 25_000;
        Files.write(file, calls(number));
        rapport.holdingAnswersBack();

        Typed typed = run();

        assertThat(typed.exit()).as(typed.err()).isZero();
        assertThat(typed.out()).startsWith("history.ndjson: 25,000 accepted, 0 repeated");
        assertThat(rapport.imports()).hasSizeGreaterThan(1);
        assertThat(rapport.imports().stream().flatMap(List::stream)).containsExactlyElementsOf(calls(number));
    }

    @ParameterizedTest
    @CsvSource({
        "--refused, history.ndjson",
        "--journal, history.ndjson",
        "--refused, ./history.ndjson",
        "--refused, linked.ndjson",
        "--refused, history.ndjson.rapport-import",
        "--refused, history.ndjson.rapport-import.next",
        "--journal, folder/../history.ndjson",
        "--refused, folder"
    })
    void writes_to_no_file_that_it_has_another_use_for(String option, String name) throws IOException {
        Files.write(file, calls(3));
        Files.createSymbolicLink(folder.resolve("linked.ndjson"), file);
        Files.createDirectory(folder.resolve("folder"));

        Typed typed = run(option, folder + "/" + name);

        assertThat(typed.exit()).as(typed.err()).isEqualTo(2);
        assertThat(typed.err()).contains("(" + option + ") can't be written to " + folder + "/" + name + ", wh");
        assertThat(file).content().hasLineCount(3);
        assertThat(folder.resolve("folder")).isDirectory();
        assertThat(rapport.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"--refused pipe", "--journal pipe", "--journal next", "--refused linked", "--dry-run --refused pipe"})
    @Timeout(value = 30, threadMode = SEPARATE_THREAD)
    void replaces_no_pipe_or_device(String options) throws Exception {
        Files.write(file, calls(3));
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder(
                                "mkfifo",
                                pipe.toString(),
                                folder.resolve("next.next").toString())
                        .start()
                        .waitFor())
                .isZero();
        Path linked = Files.createSymbolicLink(folder.resolve("linked"), pipe);
        String[] words = options.split(" ", -1);
        words[words.length - 1] = folder.resolve(words[words.length - 1]).toString();

        Typed typed = run(words);

        assertThat(typed.exit()).as(typed.err()).isEqualTo(2);
        assertThat(typed.err()).contains(", which is no file but a pipe or a device");
        assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther())
                .isTrue();
        assertThat(Files.isSymbolicLink(linked)).isTrue();
        assertThat(rapport.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--commands, .rapport-import",
        "--commands, .rapport-import.next",
        "--commands, .refused.ndjson",
        "--refused, .rapport-import",
        "--refused, .refused.ndjson"
    })
    void that_was_broken_off_goes_on_whatever_a_dry_run_is_told_to_write(String option, String ending)
            throws IOException {
        Files.write(file, List.of(call("no-1"), call("i-1"), call("no-2"), call("i-2")));
        rapport.breakingAfter(2);
        run(AT_ONCE);

        Typed dry = run("--dry-run", option, beside(ending).toString());

        assertThat(dry.exit()).as(dry.err()).isEqualTo(2);
        assertThat(dry.err())
                .contains("(" + option + ") can't be written to " + beside(ending) + ", where ")
                .contains("name another file");
        assertThat(run(AT_ONCE).out()).startsWith("history.ndjson: 2 accepted, 0 repeated, 2 refused\n        2  No\n");
        assertThat(beside(".refused.ndjson")).content().hasLineCount(2);
    }

    @ParameterizedTest
    @CsvSource({
        "--refused, left-out.ndjson, 100",
        "--commands, left-out.ndjson, 100",
        "--refused, left-out.ndjson, 2",
        "--commands, left-out.ndjson, 2",
        "--refused, how-far, 2",
        "--commands, how-far, 2"
    })
    void keeps_the_files_it_was_told_to_write_whatever_a_dry_run_is_told_to_write(
            String option, String name, int answered) throws IOException {
        Files.write(file, List.of(call("no-1"), call("i-1"), call("no-2"), call("i-2")));
        String[] inEarnest = {AT_ONCE, "--refused", folder + "/left-out.ndjson", "--journal", folder + "/how-far"};
        rapport.breakingAfter(answered);
        run(inEarnest);
        String left = Files.readString(folder.resolve(name));

        Typed dry = run("--dry-run", option, folder + "/" + name);

        assertThat(dry.exit()).as(dry.err()).isEqualTo(2);
        assertThat(dry.err())
                .contains("(" + option + ") can't be written to " + folder + "/" + name
                        + ", which looks like what an import in earnest left: name another file");
        assertThat(folder.resolve(name)).hasContent(left);
        if (answered < 4) {
            assertThat(run(inEarnest).out()).startsWith("history.ndjson: 2 accepted, 0 repeated, 2 refused\n");
        }
        assertThat(folder.resolve("left-out.ndjson")).content().hasLineCount(2);
    }

    @Test
    void that_is_dry_replaces_what_a_dry_run_left_and_may_be_followed_by_one_in_earnest() throws IOException {
        String[] dry = {"--dry-run", "--refused", folder + "/left-out.ndjson", "--commands", folder + "/commands"};
        Files.writeString(file, "no json\n" + call("i-1") + "\n");
        run(dry);

        assertThat(folder.resolve("left-out.ndjson")).content().startsWith("{\"dryRun\":true,\"line\":1,");
        assertThat(run(dry).exit()).isEqualTo(1);
        assertThat(folder.resolve("left-out.ndjson")).content().hasLineCount(1);

        Files.write(file, List.of(call("no-1")));
        run("--refused", folder + "/left-out.ndjson");

        assertThat(folder.resolve("left-out.ndjson")).content().hasLineCount(1).startsWith("{\"line\":1,");
    }

    @Test
    void keeps_a_file_whose_name_a_journal_would_take() throws IOException {
        file = folder.resolve("history.next");
        Files.write(file, calls(3));

        Typed typed = run("--journal", folder.resolve("history").toString());

        assertThat(typed.exit()).isEqualTo(2);
        assertThat(file).content().hasLineCount(3);
    }

    @Test
    void says_where_nobody_answers() {
        rapport.close();
        assertThat(Files.exists(file)).isFalse();
        Typed typed = Typed.rapport(Typed.signedIn(rapport.address()), "history", "r", AT_ONCE);

        assertThat(typed.exit()).isEqualTo(4);
        assertThat(typed.err()).contains("no answer from " + rapport.address());
    }

    @Test
    void leaves_a_line_out_that_is_longer_than_rapport_takes() throws IOException {
        Files.writeString(file, call("i-1") + "\n" + "x".repeat((1 << 20) + 1) + "\n" + call("i-2") + "\n");

        Typed typed = run();

        assertThat(typed.exit()).isEqualTo(1);
        assertThat(typed.out())
                .startsWith("history.ndjson: 2 accepted, 0 repeated, 0 refused, 1 unusable\n")
                .contains("line 2: The line has more than 1048576 bytes");
    }
}
