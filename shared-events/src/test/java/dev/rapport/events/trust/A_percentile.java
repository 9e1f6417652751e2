package dev.rapport.events.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the middle nine tenths of a reputation begin and end, and how near the search for it sets out. */
class A_percentile {

    private static final double NORMAL_95 = 1.6448536269514722;
    private static final int MANY = 2_000;

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 5, 50, 5_000})
    void leaves_its_share_of_the_distribution_below(double most) {
        Random random = new Random(7);
        for (int i = 0; i < MANY; i++) {
            var reputation = new Reputation(random.nextDouble() * most, random.nextDouble() * most, 2, 0.5);
            assertThat(below(reputation.low(), reputation)).isCloseTo(0.05, within(1e-9));
            assertThat(below(reputation.high(), reputation)).isCloseTo(0.95, within(1e-9));
        }
    }

    private static double below(double x, Reputation reputation) {
        return RegularizedBeta.value(x, reputation.r() + 1, reputation.s() + 1);
    }

    /** From there two or three steps do, which is what a course of trust over years is fast by. */
    @Test
    void is_looked_for_from_within_half_a_hundredth_of_where_it_is() {
        Random random = new Random(11);
        for (int i = 0; i < MANY; i++) {
            double a = 2 + random.nextDouble() * 38;
            double b = 2 + random.nextDouble() * 38;
            assertThat(RegularizedBeta.value(Reputation.guess(a, b, NORMAL_95), a, b))
                    .isCloseTo(0.05, within(0.005));
            assertThat(RegularizedBeta.value(Reputation.guess(a, b, -NORMAL_95), a, b))
                    .isCloseTo(0.95, within(0.005));
        }
    }

    @Test
    void is_looked_for_from_the_mean_where_the_normal_distribution_says_nothing() {
        assertThat(Reputation.guess(0.5, 1.5, NORMAL_95)).isEqualTo(0.25);
        assertThat(Reputation.guess(1.5, 0.5, NORMAL_95)).isEqualTo(0.75);
        assertThat(Reputation.guess(1, 1, NORMAL_95)).isNotEqualTo(0.5).isCloseTo(0.05, within(0.02));
    }
}
