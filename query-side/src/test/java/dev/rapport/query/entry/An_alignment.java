package dev.rapport.query.entry;

import static dev.rapport.query.Examples.dimension;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rapport.events.vocabulary.AlignmentDimension;
import dev.rapport.query.entry.Alignment.Gaps;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class An_alignment {

    private static final long SEED = 70_90_60;

    private static BigDecimal number(String digits) {
        return new BigDecimal(digits);
    }

    @Test
    void is_worked_out_as_in_the_domain_s_example() {
        Alignment alignment = Alignment.of(List.of(dimension("reliability", "70", "90", "60")));

        assertThat(alignment.alignment()).isEqualTo(number("80"));
        assertThat(alignment.gaps()).isEqualTo(new Gaps(number("20"), number("30"), number("10")));
        assertThat(alignment.dimensions().getFirst().gap()).isEqualTo(number("20"));
    }

    @Test
    void is_the_mean_over_the_dimensions_to_four_decimals() {
        Alignment alignment = Alignment.of(List.of(
                dimension("reliability", "70", "90", "60"),
                dimension("quality", "50", "50", "50"),
                dimension("openness", "10", "10.5", "10")));

        // gaps 20, 0 and 1/3
        assertThat(alignment.alignment()).isEqualTo(number("93.2222"));
        assertThat(alignment.dimensions().getLast().gap()).isEqualTo(number("0.3333"));
        assertThat(alignment.gaps()).isEqualTo(new Gaps(number("6.8333"), number("10.1667"), number("3.3333")));
    }

    @Test
    void rounds_once_and_half_to_even() {
        // gaps 0.0001 each: means of 0.00005 and of 0.00015, were there a fifth decimal
        assertThat(Alignment.of(List.of(dimension("one", "0", "0", "0.0001"), dimension("two", "0", "0", "0")))
                        .gaps()
                        .selfToExternalPerception())
                .isEqualTo(number("0"));
        assertThat(Alignment.of(List.of(dimension("one", "0", "0", "0.0002"), dimension("two", "0", "0", "0.0001")))
                        .gaps()
                        .selfToExternalPerception())
                .isEqualTo(number("0.0002"));
    }

    @Test
    void is_written_without_an_exponent_or_zeroes_that_say_nothing() {
        Alignment alignment =
                Alignment.of(List.of(dimension("one", "50", "50", "50"), dimension("two", "0", "15", "0")));

        assertThat(Alignment.of(List.of(dimension("one", "1E+2", "100", "100.00")))
                        .alignment())
                .hasToString("100");
        assertThat(alignment.alignment()).hasToString("95");
    }

    @Test
    void needs_a_dimension() {
        assertThatIllegalArgumentException().isThrownBy(() -> Alignment.of(List.of()));
    }

    private static List<AlignmentDimension> anyDimensions(Random random) {
        return IntStream.rangeClosed(1, 1 + random.nextInt(6))
                .mapToObj(number -> dimension("d" + number, score(random), score(random), score(random)))
                .toList();
    }

    private static String score(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "0";
            case 1 -> "100";
            default -> BigDecimal.valueOf(random.nextInt(1_000_001), 4).toString();
        };
    }

    @Test
    void and_all_gaps_are_from_0_to_100_whatever_the_scores() {
        System.out.println("seed " + SEED);
        var random = new Random(SEED);
        for (int round = 0; round < 5_000; round++) {
            List<AlignmentDimension> dimensions = anyDimensions(random);

            Alignment alignment = Alignment.of(dimensions);

            Gaps gaps = alignment.gaps();
            assertThat(Stream.concat(
                            Stream.of(
                                    alignment.alignment(),
                                    gaps.selfToSelfPerception(),
                                    gaps.selfPerceptionToExternalPerception(),
                                    gaps.selfToExternalPerception()),
                            alignment.dimensions().stream().map(Alignment.DimensionGap::gap)))
                    .as("%s", dimensions)
                    .allSatisfy(figure -> assertThat(figure).isBetween(BigDecimal.ZERO, number("100")))
                    .allSatisfy(figure -> assertThat(figure.scale()).isBetween(0, 4));
        }
    }

    @Test
    void is_the_same_in_whatever_order_the_dimensions_come() {
        System.out.println("seed " + SEED);
        var random = new Random(SEED);
        for (int round = 0; round < 2_000; round++) {
            List<AlignmentDimension> dimensions = anyDimensions(random);
            List<AlignmentDimension> shuffled = new ArrayList<>(dimensions);
            Collections.shuffle(shuffled, random);

            assertThat(Alignment.of(shuffled).alignment())
                    .isEqualTo(Alignment.of(dimensions).alignment());
            assertThat(Alignment.of(shuffled).gaps())
                    .isEqualTo(Alignment.of(dimensions).gaps());
        }
    }

    @Test
    void is_complete_when_all_views_are_the_same() {
        var random = new Random(SEED);
        for (int round = 0; round < 500; round++) {
            List<AlignmentDimension> dimensions = anyDimensions(random).stream()
                    .map(any -> new AlignmentDimension(any.name(), any.self(), any.self(), any.self()))
                    .toList();

            assertThat(Alignment.of(dimensions).alignment()).isEqualTo(number("100"));
        }
    }
}
