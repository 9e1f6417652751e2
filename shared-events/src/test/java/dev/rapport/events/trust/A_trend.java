package dev.rapport.events.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.vocabulary.Level;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From how much movement on trust is told to rise or fall, and up to what uncertainty it is told at all. */
class A_trend {

    /** Contractual trust alone, which is what the lowest level calls for, of which nothing but the prior is known. */
    private static TrustFigures trust(double trust, double uncertainty) {
        double evidence = 2 / uncertainty - 2;
        var reputation = new Reputation(evidence * trust, evidence * (1 - trust), 2, trust);
        return new TrustFigures(
                Map.of(
                        Strand.CONTRACTUAL, reputation,
                        Strand.COMPETENCE, reputation,
                        Strand.GOODWILL, reputation),
                Level.TRANSACTIONAL);
    }

    @ParameterizedTest
    @CsvSource({
        "0.25, 0.3125, RISING",
        "0.3125, 0.25, FALLING",
        "0.25, 0.28125, STEADY",
        "0.28125, 0.25, STEADY",
        "0.25, 0.3001, RISING",
        "0.25, 0.2999, STEADY",
        "0.3001, 0.25, FALLING",
        "0.2999, 0.25, STEADY",
        "0.25, 0.25, STEADY"
    })
    void goes_where_trust_moved_by_a_twentieth(double start, double end, Trend trend) {
        assertThat(Trend.between(trust(start, 1), trust(end, 0.25))).isEqualTo(trend);
    }

    @ParameterizedTest
    @CsvSource({"0.5, RISING", "0.5000001, UNKNOWN", "1, UNKNOWN"})
    void is_told_up_to_an_uncertainty_of_a_half(double uncertainty, Trend trend) {
        assertThat(Trend.between(trust(0.25, 0.25), trust(0.75, uncertainty))).isEqualTo(trend);
    }
}
