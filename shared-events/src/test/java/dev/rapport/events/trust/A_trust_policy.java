package dev.rapport.events.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rapport.events.trust.TrustPolicy.Worth;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy may say, and how long its evidence lasts. */
class A_trust_policy {

    private static final Duration HALF_LIFE = Duration.ofDays(1);

    private static TrustPolicy policy(double priorWeight, double baseRate, double asymmetry) {
        return new TrustPolicy("ours", "1", HALF_LIFE, priorWeight, baseRate, asymmetry, Policies.TABLE);
    }

    private static TrustPolicy weighing(double weight, double outcome) {
        Map<EvidenceKind, Worth> evidence = new HashMap<>(Policies.TABLE);
        evidence.put(EvidenceKind.RELEASE, new Worth(Strand.GOODWILL, weight, outcome));
        return new TrustPolicy("ours", "1", HALF_LIFE, 2, 0.5, 1, evidence);
    }

    @Test
    void that_is_not_valid_is_told_everything_that_is_wrong() {
        Map<EvidenceKind, Worth> evidence = new HashMap<>(Policies.TABLE);
        evidence.remove(EvidenceKind.COMMITMENT_BROKEN);
        evidence.put(EvidenceKind.RELEASE, new Worth(Strand.GOODWILL, -1, 2));
        assertThatThrownBy(() -> new TrustPolicy(" ", "", Duration.ofHours(23), 0, 1, -1, evidence))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "name: must not be blank",
                        "version: must not be blank",
                        "halfLife: must be at least a day, or absent",
                        "priorWeight: must be above 0",
                        "baseRate: must be above 0 and below 1",
                        "asymmetry: must be above 0",
                        "evidence: COMMITMENT_BROKEN is missing",
                        "RELEASE.weight: must be 0 or more",
                        "RELEASE.outcome: must be from 0 to 1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void has_a_prior_weight_and_an_asymmetry_above_0(double none) {
        assertThatThrownBy(() -> policy(none, 0.5, 1))
                .hasMessageEndingWith("is not valid: priorWeight: must be above 0");
        assertThatThrownBy(() -> policy(2, 0.5, none)).hasMessageEndingWith("is not valid: asymmetry: must be above 0");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, 1.1, Double.NaN})
    void has_a_base_rate_between_0_and_1(double rate) {
        assertThatThrownBy(() -> policy(2, rate, 1))
                .hasMessageEndingWith("is not valid: baseRate: must be above 0 and below 1");
    }

    @ParameterizedTest
    @CsvSource({"-0.1, 0.5", "NaN, 0.5", "Infinity, 0.5", "1, -0.1", "1, 1.1", "1, NaN"})
    void weighs_nothing_by_less_than_0_nor_has_an_outcome_beyond_0_and_1(double weight, double outcome) {
        assertThatThrownBy(() -> weighing(weight, outcome)).hasMessageContaining("is not valid: RELEASE.");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "7, 0.5"})
    void may_weigh_evidence_by_nothing_and_take_it_as_wholly_for_or_against(double weight, double outcome) {
        assertThat(weighing(weight, outcome).worthOf(EvidenceKind.RELEASE))
                .isEqualTo(new Worth(Strand.GOODWILL, weight, outcome));
    }

    @Test
    void may_forget_half_within_a_day_or_nothing_ever() {
        assertThat(policy(2, 0.5, 1).remainingAfter(HALF_LIFE)).isEqualTo(0.5);
        assertThat(Policies.PUBLISHED.remainingAfter(Duration.ofDays(36_500))).isEqualTo(1);
        assertThat(Policies.PUBLISHED.halfLivesIn(Duration.ofDays(36_500))).isZero();
    }

    @Test
    void knows_parts_of_seconds() {
        Duration time = Duration.ofSeconds(21_600, 500_000_000);
        assertThat(policy(2, 0.5, 1).halfLivesIn(time)).isCloseTo(21_600.5 / 86_400, within(1e-15));
    }
}
