package dev.rapport.events.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rapport.events.problem.StartRefused;
import dev.rapport.events.trust.EvidenceKind;
import dev.rapport.events.trust.Strand;
import dev.rapport.events.trust.TrustPolicy;
import dev.rapport.events.trust.TrustPolicy.Worth;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Trust_policies {

    @TempDir
    private Path folder;

    private String prudent = "";

    @BeforeEach
    void read_the_one_that_ships() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(Trust_policies.class.getResourceAsStream("/policies/trust/prudent.json"))) {
            prudent = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private TrustPolicies policies(String usual) {
        return new TrustPolicies(usual, folder);
    }

    private void file(String content) throws IOException {
        Files.writeString(folder.resolve("mine.json"), content);
    }

    @Test
    void that_ship_are_the_prudent_and_the_published() {
        TrustPolicies policies = policies("prudent");
        assertThat(policies.names()).containsExactly("prudent", "published");

        TrustPolicy prudent = policies.usual().policy();
        assertThat(prudent.halfLife()).isEqualTo(Duration.ofDays(180));
        assertThat(prudent.priorWeight()).isEqualTo(2);
        assertThat(prudent.baseRate()).isEqualTo(0.5);
        assertThat(prudent.asymmetry()).isEqualTo(2);
        TrustPolicy published = policies.named("published").orElseThrow().policy();
        assertThat(published.halfLife()).isNull();
        assertThat(published.asymmetry()).isEqualTo(1);
        assertThat(published.evidence()).isEqualTo(prudent.evidence());
    }

    /** The table of the domain. */
    @ParameterizedTest
    @CsvSource({
        "COMMITMENT_KEPT_ON_TIME, CONTRACTUAL, 1, 1",
        "COMMITMENT_KEPT_LATE, CONTRACTUAL, 1, 0.5",
        "COMMITMENT_BROKEN, CONTRACTUAL, 1, 0",
        "COMMITMENT_OVERDUE, CONTRACTUAL, 0.5, 0",
        "MEASUREMENT_ON_TARGET, COMPETENCE, 0.5, 1",
        "MEASUREMENT_OFF_TARGET, COMPETENCE, 0.5, 0",
        "CONTRIBUTION, COMPETENCE, 0.5, 1",
        "QUALITY_CONCERN, COMPETENCE, 0.5, 0",
        "TRANSACTIONAL_DISCLOSURE, GOODWILL, 0.25, 1",
        "ADDED_VALUE_DISCLOSURE, GOODWILL, 0.5, 1",
        "JOINT_VALUE_DISCLOSURE, GOODWILL, 1, 1",
        "HOSTILE_INTERACTION, GOODWILL, 0.2, 0",
        "COOL_INTERACTION, GOODWILL, 0.2, 0.25",
        "FRIENDLY_INTERACTION, GOODWILL, 0.2, 0.75",
        "WARM_INTERACTION, GOODWILL, 0.2, 1",
        "RELEASE, GOODWILL, 0.25, 1",
        "FAIRNESS_CONCERN, GOODWILL, 0.5, 0",
        "OPENNESS_CONCERN, GOODWILL, 0.5, 0",
        "CONCERN_RESOLVED, GOODWILL, 0.25, 1"
    })
    void weigh_evidence_as_the_domain_does(EvidenceKind kind, Strand strand, double weight, double outcome) {
        assertThat(policies("prudent").usual().policy().worthOf(kind)).isEqualTo(new Worth(strand, weight, outcome));
    }

    @Test
    void of_a_folder_come_to_those_that_ship() throws IOException {
        file(prudent.replace("prudent", "forgetful").replace("180", "30"));
        assertThat(policies("forgetful").usual().policy().halfLife()).isEqualTo(Duration.ofDays(30));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"priorWeight\": 2 | \"priorWeight\": 0 | priorWeight: must be above 0",
                "\"baseRate\": 0.5, | '' | baseRate",
                "\"version\" | \"verison\": \"1\", \"version\" | verison",
                "\"CONTRIBUTION\" | \"CONTRIBUTIONS\" | CONTRIBUTIONS",
                "180 | 0.5 | halfLife: must be at least a day",
                "\"name\": \"prudent\" | \"name\": \"\" | name: must not be blank"
            })
    void that_make_no_sense_stop_the_start_and_say_where_and_why(String right, String wrong, String why)
            throws IOException {
        file(prudent.replace(right, wrong));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> policies("prudent"))
                .withMessageContaining("mine.json")
                .withMessageContaining(why);
    }

    @Test
    void have_names_of_their_own_and_the_usual_one_exists() throws IOException {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> policies("reckless"))
                .withMessage("there is no trust policy reckless: set rapport.trust.policy (RAPPORT_TRUST_POLICY) to one"
                        + " of these: [prudent, published]");
        file(prudent);
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> policies("prudent"))
                .withMessageStartingWith("there are two trust policies named prudent: ");
    }
}
