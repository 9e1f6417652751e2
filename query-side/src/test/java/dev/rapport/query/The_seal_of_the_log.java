package dev.rapport.query;

import static dev.rapport.query.Examples.interaction;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.seal.BundleVerifier;
import dev.rapport.events.seal.Checkpoint;
import dev.rapport.events.seal.ConsistencyProof;
import dev.rapport.events.seal.Hash;
import dev.rapport.events.seal.InclusionProof;
import dev.rapport.events.seal.LogKeys;
import dev.rapport.events.seal.SignedNote;
import dev.rapport.events.seal.SignerKey;
import dev.rapport.query.RunningQuerySide.Answer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

@OnEachDatabase
class The_seal_of_the_log {

    private static final String ORIGIN = "example.com/log";

    @Parameter
    Database database;

    private final SignerKey key = SignerKey.generate(ORIGIN);
    private Log log;
    private RunningQuerySide queries;

    @BeforeParameterizedClassInvocation
    void start() {
        log = new Log(database);
        queries = RunningQuerySide.of(
                log,
                database,
                database.freshUrl(),
                "--rapport.events.url=" + log.dataSource.getJdbcUrl(),
                "--rapport.events.username=" + database.user(),
                "--rapport.seal.key=" + key.secret());
        log.append(stakeholder("S-1", "Acme"), relationship("R-1", "S-1", "manager1"));
        for (int i = 0; i < 300; i++) {
            log.append(interaction("R-1", "I-" + i, "we talked"));
        }
        awaitSealed(302);
    }

    @AfterParameterizedClassInvocation
    void stop() {
        queries.close();
        log.close();
    }

    private void awaitSealed(long events) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (checkpoint().size() < events) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private Checkpoint checkpoint() {
        return verified(get("checkpoint").ok().response().body());
    }

    private Checkpoint verified(String note) {
        return LogKeys.of(key.verifierKey()).verify(SignedNote.parse(note.getBytes(StandardCharsets.UTF_8)));
    }

    private Answer get(String path) {
        return queries.get("auditor", "/api/v1/audit/" + path);
    }

    private Answer post(String user, String type, String body) {
        return queries.send(queries.request(user, "/api/v1/audit/verifications")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private static List<Hash> hashes(JsonNode proof) {
        return proof.get("hashes")
                .valueStream()
                .map(hash -> Hash.fromBase64(hash.asString()))
                .toList();
    }

    @Test
    void is_for_auditors() {
        for (String user : List.of("manager1", "head", "reporter", "operator", "nobody")) {
            for (String path : List.of(
                    "checkpoint",
                    "proofs/inclusion?position=1",
                    "proofs/consistency?from=1",
                    "verifications/V-1",
                    "relationships/R-1/bundle")) {
                assertThat(queries.get(user, "/api/v1/audit/" + path).status())
                        .as(user + " " + path)
                        .isEqualTo(403);
            }
            assertThat(post(user, "application/json", "{}").status()).isEqualTo(403);
        }
    }

    @Test
    void proves_each_event_to_be_in_the_log() {
        log.log.read(0, 1_000).forEach(event -> {
            JsonNode proof =
                    get("proofs/inclusion?position=" + event.position()).ok().json();
            Checkpoint checkpoint = verified(proof.get("checkpoint").asString());

            assertThat(new InclusionProof(
                                    proof.get("leafIndex").asLong(),
                                    proof.get("treeSize").asLong(),
                                    hashes(proof))
                            .proves(event.toBeSealed().leafHash(), checkpoint.root()))
                    .isTrue();
        });
    }

    @Test
    void proves_that_the_log_only_grew() {
        Checkpoint newest = checkpoint();
        JsonNode proof =
                get("proofs/consistency?from=0&to=" + newest.size()).ok().json();
        assertThat(hashes(proof)).isEmpty();
        for (int from = 1; from <= newest.size(); from += 17) {
            proof = get("proofs/consistency?from=" + from + "&to=" + newest.size())
                    .ok()
                    .json();

            assertThat(new ConsistencyProof(from, newest.size(), hashes(proof))
                            .proves(
                                    Hash.fromBase64(proof.get("fromRootHash").asString()),
                                    Hash.fromBase64(proof.get("toRootHash").asString())))
                    .isTrue();
            assertThat(verified(proof.get("checkpoint").asString()).root().base64())
                    .isEqualTo(proof.get("toRootHash").asString());
        }
    }

    @Test
    void refuses_what_it_cannot_prove() {
        assertThat(get("proofs/inclusion").status()).isEqualTo(400);
        assertThat(get("proofs/inclusion?position=-1").status()).isEqualTo(400);
        assertThat(get("proofs/inclusion?position=99999999999999999999").status())
                .isEqualTo(400);
        assertThat(get("proofs/inclusion?position=0").status()).isEqualTo(404);
        assertThat(get("proofs/inclusion?position=999999999999999999").status()).isEqualTo(404);
        assertThat(get("proofs/inclusion?position=1&verbose=true").status()).isEqualTo(400);
        assertThat(get("proofs/consistency").status()).isEqualTo(400);
        assertThat(get("proofs/consistency?from=7&to=6").status()).isEqualTo(400);
        assertThat(get("proofs/consistency?from=1&to=999999999999999999").status())
                .isEqualTo(400);
        assertThat(get("checkpoint?x=1").status()).isEqualTo(400);
        assertThat(get("verifications/V-1").status()).isEqualTo(404);
        assertThat(get("relationships/R-9/bundle").status()).isEqualTo(404);
        assertThat(get("relationships/%00/bundle").status()).isIn(400, 404);
        assertThat(get("relationships/R-1/bundle?since=1000000").status()).isEqualTo(400);
    }

    private JsonNode verify(String type, String body) {
        Answer begun = post("auditor", type, body);
        assertThat(begun.status()).as(begun.response().body()).isEqualTo(202);
        String location = begun.header("Location");
        assertThat(location)
                .isEqualTo(
                        "/api/v1/audit/verifications/" + begun.json().get("id").asString());
        long deadline = System.nanoTime() + 30_000_000_000L;
        JsonNode verification = begun.json();
        while (List.of("WAITING", "RUNNING").contains(verification.get("state").asString())) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            verification = queries.get("auditor", location).ok().json();
        }
        return verification;
    }

    @Test
    void is_verified_when_somebody_asks() {
        for (JsonNode verification : List.of(
                verify("application/json", ""),
                verify("application/json", "{}"),
                verify("text/plain", get("checkpoint").response().body()))) {
            assertThat(verification.get("state").asString()).isEqualTo("MATCHES");
            assertThat(verification.get("percent").asInt()).isEqualTo(100);
            assertThat(verification.get("requestedBy").asString()).isEqualTo("auditor");
            assertThat(verification.get("eventsVerified").asLong())
                    .isEqualTo(checkpoint().size());
            assertThat(verification.get("eventsPerSecond").asLong()).isPositive();
        }
    }

    @Test
    void contradicts_a_checkpoint_of_another_log() {
        var foreign = new Checkpoint(ORIGIN, 10, Hash.ofLeaf(new byte[0])).sign(key);
        JsonNode verification = verify("text/plain", foreign.toString());

        assertThat(verification.get("state").asString()).isEqualTo("DIFFERS");
        assertThat(verification.get("mismatch").get("kind").asString()).isEqualTo("CHECKPOINT_CONTRADICTED");
        assertThat(verification.get("mismatch").get("throughPosition").asLong()).isEqualTo(10);
    }

    @Test
    void takes_no_nonsense_for_a_checkpoint() {
        assertThat(post("auditor", "text/plain", "nonsense").status()).isEqualTo(400);
        assertThat(post("auditor", "application/json", "{\"checkpoint\": \"nonsense\"}")
                        .status())
                .isEqualTo(400);
        assertThat(post("auditor", "application/json", "{\"chekpoint\": null}").status())
                .isEqualTo(400);
        assertThat(post("auditor", "application/json", "{} {}").status()).isEqualTo(400);
        assertThat(post("auditor", "application/json", "[").status()).isEqualTo(400);
        assertThat(post("auditor", "application/xml", "<a/>").status()).isEqualTo(415);
        assertThat(post("auditor", "nonsense", "{}").status()).isIn(400, 415);
        assertThat(post("auditor", "text/plain", "x".repeat(1_048_577)).status())
                .isEqualTo(413);
    }

    @Test
    void gives_out_a_bundle_that_its_verifier_accepts() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            log.append(interaction("R-1", "I-newest", "just now"));
            var answer = http.send(
                    queries.request("auditor", "/api/v1/audit/relationships/R-1/bundle?since=0")
                            .GET()
                            .build(),
                    BodyHandlers.ofByteArray());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/zip");
            assertThat(answer.headers().firstValue("Content-Disposition"))
                    .hasValueSatisfying(disposition -> assertThat(disposition).contains("R-1.zip"));
            var verdict = new BundleVerifier(Optional.of(key.verifierKey()), List.of()).verify(answer.body());
            assertThat(verdict.checked())
                    .anySatisfy(sentence -> assertThat(sentence).contains("302"));
        }
    }
}
