package dev.rapport.journey;

import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.journey.Client.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An auditor takes a relationship's history away, and needs nobody of ours to believe it. */
class The_evidence_of_a_relationship {

    @TempDir
    private Path data;

    @TempDir
    private Path away;

    @Test
    void is_taken_away_and_verified_without_us() throws Exception {
        Path kept = away.resolve("checkpoint");
        byte[] bundle;
        try (RunningRapport rapport = RunningRapport.in(data)) {
            Client head = rapport.as("head");
            Client auditor = rapport.as("auditor");
            new Network(head).relationship("R-1", "manager1");
            Files.write(kept, auditor.query("/audit/checkpoint").raw().body());
            assertThat(head.command(
                                    "/relationships/R-1/interactions",
                                    fields("channel", "CALL", "summary", "we talked"))
                            .status())
                    .isEqualTo(201);

            Answer taken = auditor.query("/audit/relationships/R-1/bundle");

            assertThat(taken.status()).isEqualTo(200);
            bundle = taken.raw().body();
            assertThat(head.query("/audit/relationships/R-1/bundle").status()).isEqualTo(403);
        }

        assertThat(new Bundle(bundle).verdict(away)).isZero();

        byte[] another = bundle.clone();
        another[another.length / 2] ^= 1;
        assertThat(new Bundle(bundle).verdictOf(another, away)).isEqualTo(1);
    }

    @Test
    void is_verified_whole_across_restarts_and_not_without_the_key() throws Exception {
        try (RunningRapport rapport = RunningRapport.in(data)) {
            new Network(rapport.as("head")).relationship("R-1", "manager1");
        }
        String checkpoint;
        try (RunningRapport rapport = RunningRapport.in(data)) {
            Client auditor = rapport.as("auditor");
            checkpoint = new String(auditor.query("/audit/checkpoint").raw().body(), StandardCharsets.UTF_8);
            assertThat(checkpoint).as("sealed before it stopped").contains("\n2\n");
            Answer begun = auditor.command("/audit/verifications", fields("checkpoint", checkpoint), Map.of());
            assertThat(begun.status()).isEqualTo(202);
            Answer verification;
            do {
                verification = auditor.query("/audit/verifications/" + begun.text("id"));
            } while (verification.text("state").matches("WAITING|RUNNING"));
            assertThat(verification.text("state")).isEqualTo("MATCHES");
        }
        Files.move(data.resolve("seal.key"), away.resolve("seal.key"));

        assertThatThrownBy(() -> RunningRapport.in(data)).rootCause().hasMessageContaining("which is missing");
    }
}
