package dev.rapport.journey;

import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.client.RapportClient;
import dev.rapport.client.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Rapport_on_the_command_line {

    private static final Path EXPORTS_OF_CRMS = Path.of("client/src/test/resources/crm");

    @TempDir
    private static Path data;

    @TempDir
    private Path folder;

    private static RunningRapport rapport;

    private record Typed(int exit, String out, String err) {}

    @BeforeAll
    static void start() {
        rapport = RunningRapport.in(data);
    }

    @AfterAll
    static void stop() {
        rapport.close();
    }

    private static Typed rapport(String user, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = RapportClient.run(
                new Surroundings(
                        Map.of(
                                "RAPPORT_URL",
                                rapport.address(),
                                "RAPPORT_USER",
                                user,
                                "RAPPORT_PASSWORD",
                                RunningRapport.PASSWORD),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        Clock.systemUTC()),
                arguments);
        return new Typed(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private String copy(String name) throws IOException {
        return Files.copy(EXPORTS_OF_CRMS.resolve(name), folder.resolve(name)).toString();
    }

    @Test
    void imports_what_a_crm_exports_and_nothing_the_second_time() throws IOException {
        String accounts = copy("Account.csv");
        String tasks = copy("Task.csv");

        Typed first = rapport("head", "import", "--mapping", "salesforce-accounts", accounts);
        Typed calls = rapport("head", "import", "--mapping", "salesforce-tasks", tasks);
        Typed second = rapport("head", "import", "--mapping", "salesforce-accounts", accounts);

        assertThat(first.exit()).as(first.err()).isEqualTo(1);
        assertThat(first.out())
                .startsWith("Account.csv: 4 accepted, 0 repeated, 0 refused, 2 unusable, 1 passed over\n");
        assertThat(calls.out())
                .as(calls.err())
                .startsWith("Task.csv: 2 accepted, 0 repeated, 0 refused, 3 passed over\n");
        assertThat(second.out())
                .startsWith("Account.csv: 0 accepted, 4 repeated, 0 refused, 2 unusable, 1 passed over\n");

        Typed history = rapport("head", "history", "sf-0015g00000AbCdEAAV");
        assertThat(history.out())
                .contains("2025-03-03 00:00")
                .contains("They are two weeks late. ")
                .contains("recorded ");
    }

    @Test
    void tells_what_a_dry_run_cannot_know_by_row_and_column() throws IOException {
        String calls = copy("hubspot-calls.csv");

        Typed typed = rapport("head", "import", "--mapping", "hubspot-calls", "--zone", "Europe/London", calls);

        assertThat(typed.exit()).isEqualTo(1);
        assertThat(typed.out())
                .startsWith("hubspot-calls.csv: 0 accepted, 0 repeated, 1 refused, 2 passed over\n")
                .contains("line 2 (row 1)")
                .contains("hs-9021345001");
    }

    /** What a dry run would refuse, Rapport refuses. */
    @Test
    void is_told_the_same_by_a_dry_run_and_by_rapport() throws IOException {
        Path file = Files.writeString(folder.resolve("wrong.ndjson"), """
            {"command": "RegisterStakeholder", "id": "wrong-1", "name": " ", "kind": "FRIEND", "group": "g"}
            {"command": "RegisterStakeholder", "id": "wrong 2", "name": "n", "kind": "SUPPLIER", "group": "g", "colour": "red"}
            {"command": "LogInteraction", "channel": "CALL", "summary": "s", "sentiment": 3}
            {"command": "LogInteraction", "relationshipId": "r", "channel": "CALL", "summary": "s", "occurredAt": "2999-01-01T00:00:00Z"}
            {"command": "RecordCommitment", "relationshipId": "r", "madeBy": "US", "statement": "s", "dueOn": "soon"}
            {"command": "Fly"}
            ["no object"]
            no JSON
            """);

        Typed dry = rapport("head", "import", "--dry-run", file.toString());
        Typed earnest = rapport("head", "import", file.toString());

        assertThat(dry.out()).contains("wrong.ndjson: would send 0, 8 would be refused");
        assertThat(earnest.out()).contains("wrong.ndjson: 0 accepted, 0 repeated, 8 refused");
    }

    @Test
    void is_refused_an_import_by_who_may_not() throws IOException {
        Path file = Files.writeString(folder.resolve("one.ndjson"), "{\"command\": \"RetractEntry\"}\n");

        Typed typed = rapport("reporter", "import", file.toString());

        assertThat(typed.exit()).isEqualTo(3);
        assertThat(typed.err()).startsWith("rapport: Your role may not do this (403)");
        assertThat(rapport("stranger", "import", file.toString()).err()).startsWith("rapport: Sign in first (401)");
    }

    @Test
    void exports_lists_reports_and_the_network() throws IOException {
        new Network(rapport.as("head")).relationship("exported", "manager1");
        rapport.as("head").query("/relationships/exported");
        Path csv = folder.resolve("relationships.csv");
        Path graph = folder.resolve("network.graphml");

        assertThat(rapport("head", "export", "relationships", "--filter", "q=exported", "-o", csv.toString()))
                .returns(0, Typed::exit);
        assertThat(rapport("head", "export", "reports/network", "-o", graph.toString()))
                .returns(0, Typed::exit);
        assertThat(rapport("head", "export", "relationships/exported/history", "--format", "ndjson")
                        .out()
                        .lines())
                .hasSize(1);

        assertThat(csv).content().contains("exported");
        assertThat(graph).content().contains("<graphml");
        assertThat(rapport("head", "export", "relationships", "--filter", "status=LOST"))
                .returns(3, Typed::exit);
        assertThat(rapport("head", "export", "audit/access")).returns(3, Typed::exit);
    }

    @Test
    void verifies_a_bundle_as_the_verifier_in_it_does() throws IOException {
        new Network(rapport.as("head")).relationship("evidence", "manager1");
        Client auditor = rapport.as("auditor");
        byte[] kept = auditor.query("/audit/checkpoint").raw().body();
        Path checkpoint = Files.write(folder.resolve("kept"), kept);
        String size = new String(kept, StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow();
        assertThat(rapport.as("head")
                        .command("/relationships/evidence/desired-levels", fields("level", "ADDED_VALUE"))
                        .status())
                .isEqualTo(201);
        byte[] zip = auditor.query("/audit/relationships/evidence/bundle?since=" + size)
                .raw()
                .body();
        Path bundle = Files.write(folder.resolve("evidence.zip"), zip);
        byte[] changed = zip.clone();
        changed[changed.length / 2] ^= 1;
        Path forged = Files.write(folder.resolve("forged.zip"), changed);
        String key = new Bundle(zip).text("keys.txt").lines().findFirst().orElseThrow();

        Typed alone = rapport("nobody", "verify", bundle.toString());
        Typed accepted =
                rapport("nobody", "verify", bundle.toString(), "--key", key, "--checkpoint", checkpoint.toString());

        assertThat(alone.exit()).as(alone.out()).isZero();
        assertThat(alone.out()).contains("NOT CHECKED").endsWith("ACCEPTED, as far as it could be checked\n");
        assertThat(accepted.exit()).as(accepted.out()).isZero();
        assertThat(accepted.out())
                .contains("The bundle's key is the one that you gave")
                .contains("The log is the one that you kept a checkpoint of")
                .endsWith("\nACCEPTED\n");
        Typed refused = rapport("nobody", "verify", forged.toString());
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.out()).startsWith("REFUSED: ");
        assertThat(rapport("nobody", "verify", folder.resolve("none.zip").toString())
                        .exit())
                .isEqualTo(5);
        assertThat(rapport("nobody", "verify", bundle.toString(), "--key", "no key")
                        .exit())
                .isEqualTo(2);
    }
}
