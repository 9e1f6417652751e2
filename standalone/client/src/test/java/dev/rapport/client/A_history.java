package dev.rapport.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class A_history {

    private static final String PAGE = """
        {"items": [
          {"position": 3, "version": 12, "type": "InteractionLogged", "occurredAt": "2026-11-23T10:00:00Z", "recordedAt": "2026-11-27T16:00:00Z",
           "recordedBy": "manager1", "summary": "A meeting: “They\\nopen their books.”.", "data": {}},
          {"position": 2, "version": 11, "type": "CommitmentKept", "occurredAt": "2026-11-20T23:30:00Z", "recordedAt": "2026-11-20T23:31:00Z",
           "recordedBy": "manager1", "summary": "They kept it.", "data": {}}],
         "nextCursor": "more"}\
        """;

    private static Typed history(RapportOfATest rapport, String... more) {
        String[] all = new String[more.length + 2];
        all[0] = "history";
        all[1] = "skerrow";
        System.arraycopy(more, 0, all, 2, more.length);
        return Typed.rapport(Typed.signedIn(rapport.address()), all);
    }

    @Test
    void is_told_in_sentences() throws IOException {
        try (RapportOfATest rapport = new RapportOfATest().exporting(PAGE, false)) {
            Typed typed = history(rapport, "--limit", "2");

            assertThat(typed.out()).isEqualTo("""
                2026-11-23 10:00     v12  A meeting: “They
                                          open their books.”.
                                          recorded 2026-11-27 16:00 by manager1
                2026-11-20 23:30     v11  They kept it.
                """);
            assertThat(typed.err()).isEqualTo("rapport: there is more: --all, or --cursor more\n");
        }
    }

    @Test
    void moves_no_cursor() throws IOException {
        String escaping = PAGE.replace("They kept it.", "They kept \\u001b]0;it\\u0007.");
        try (RapportOfATest rapport = new RapportOfATest().exporting(escaping, false)) {
            assertThat(history(rapport, "--limit", "2").out()).contains("They kept ?]0;it?.");
        }
    }

    @Test
    void is_told_in_a_zone() throws IOException {
        try (RapportOfATest rapport = new RapportOfATest().exporting(PAGE, false)) {
            assertThat(history(rapport, "--limit", "2", "--zone", "Europe/Berlin")
                            .out())
                    .contains("2026-11-21 00:30     v11  They kept it.");
        }
    }

    @Test
    void is_asked_for_page_by_page() throws IOException {
        try (RapportOfATest rapport = new RapportOfATest().exporting(PAGE, false)) {
            Typed typed = history(
                    rapport,
                    "--limit",
                    "4",
                    "--json",
                    "--type",
                    "CommitmentKept",
                    "--from",
                    "2026-01-01T00:00:00+01:00");

            assertThat(typed.out().lines()).hasSize(4).allMatch(line -> line.startsWith("{\"position\":"));
            assertThat(rapport.requests())
                    .containsExactly(
                            "/api/v1/relationships/skerrow/history?limit=4&type=CommitmentKept&from=2026-01-01T00%3A00%3A00%2B01%3A00",
                            "/api/v1/relationships/skerrow/history?limit=2&type=CommitmentKept&from=2026-01-01T00%3A00%3A00%2B01%3A00&cursor=more");
        }
    }

    @Test
    void may_not_be_there() throws IOException {
        try (RapportOfATest rapport = new RapportOfATest().refusing(1, 404)) {
            Typed typed = history(rapport);

            assertThat(typed.exit()).isEqualTo(3);
            assertThat(typed.err()).isEqualTo("rapport: Not now (404)\n");
        }
    }

    @Test
    @Timeout(30)
    void may_not_come_to_its_end() throws IOException {
        try (RapportOfATest rapport = new RapportOfATest().fallingSilentAfter("{\"items\": [")) {
            Typed typed = history(rapport, "--timeout", "1");

            assertThat(typed.exit()).isEqualTo(4);
            assertThat(typed.err())
                    .isEqualTo("rapport: no answer from " + rapport.address()
                            + ": nothing more of the answer came for 1 s\n");
        }
        try (RapportOfATest rapport = new RapportOfATest().exporting("{\"items\": [", true)) {
            assertThat(history(rapport).exit()).isEqualTo(4);
        }
    }

    @Test
    void may_be_answered_by_somebody_else() throws IOException {
        try (RapportOfATest rapport = new RapportOfATest().exporting("<html>", false)) {
            Typed typed = history(rapport);

            assertThat(typed.exit()).isEqualTo(3);
            assertThat(typed.err()).contains("answered what is not JSON");
        }
    }
}
