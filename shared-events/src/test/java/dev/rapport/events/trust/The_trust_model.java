package dev.rapport.events.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.rapport.events.trust.Evidence.Span;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Party;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class The_trust_model {

    private static final Instant DAY_0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final LevelCourse TRANSACTIONAL = LevelCourse.beginning();
    private static final Offset<Double> FOUR_DIGITS = within(0.00005);
    private static final Offset<Double> SAME = within(1e-9);

    private static Instant day(double day) {
        return DAY_0.plusMillis(Math.round(day * 86_400_000));
    }

    private static Evidence on(double day, EvidenceKind kind, Party about) {
        return new Evidence(new EntryId("E-" + day), kind, about, day(day), 1, List.of(new Span(day(day), null)));
    }

    private static Evidence on(double day, EvidenceKind kind) {
        return on(day, kind, Party.THEM);
    }

    private static Reputation contractual(TrustPolicy policy, List<Evidence> evidence, double day) {
        return new TrustModel(policy)
                .figures(evidence, TRANSACTIONAL, Party.THEM, day(day))
                .strand(Strand.CONTRACTUAL);
    }

    /** The numbers of the domain. */
    @Nested
    class In_worked_examples {

        @ParameterizedTest
        @CsvSource({
            "COMMITMENT_KEPT_ON_TIME, 0, 0.6667",
            "COMMITMENT_KEPT_ON_TIME, 180, 0.6",
            "COMMITMENT_KEPT_ON_TIME, 360, 0.5556",
            "COMMITMENT_BROKEN, 0, 0.25",
            "COMMITMENT_BROKEN, 180, 0.3333",
            "COMMITMENT_BROKEN, 360, 0.4"
        })
        void forgets_one_commitment_as_the_prudent_do(EvidenceKind kind, int day, double trust) {
            assertThat(contractual(Policies.PRUDENT, List.of(on(0, kind)), day).trust())
                    .isCloseTo(trust, FOUR_DIGITS);
        }

        @Test
        void begins_at_the_base_rate_and_knows_nothing() {
            Reputation none = contractual(Policies.PRUDENT, List.of(), 0);
            assertThat(none.trust()).isEqualTo(0.5);
            assertThat(none.uncertainty()).isEqualTo(1);
            assertThat(none.low()).isCloseTo(0.05, SAME); // of the uniform distribution
            assertThat(none.high()).isCloseTo(0.95, SAME);
        }

        @ParameterizedTest
        @CsvSource({
            "90, 1.7071, 0, 0.7302, 0.5395",
            "180, 1.2071, 1, 0.5246, 0.4754",
            "360, 0.6036, 0.5, 0.5167, 0.6444"
        })
        void adds_up_what_was_kept_and_what_was_broken(int day, double r, double s, double trust, double uncertainty) {
            List<Evidence> evidence = List.of(
                    on(0, EvidenceKind.COMMITMENT_KEPT_ON_TIME),
                    on(90, EvidenceKind.COMMITMENT_KEPT_ON_TIME),
                    on(180, EvidenceKind.COMMITMENT_BROKEN));
            Reputation reputation = contractual(Policies.policy("even", Duration.ofDays(180), 1), evidence, day);
            assertThat(reputation.r()).isCloseTo(r, FOUR_DIGITS);
            assertThat(reputation.s()).isCloseTo(s, FOUR_DIGITS);
            assertThat(reputation.trust()).isCloseTo(trust, FOUR_DIGITS);
            assertThat(reputation.uncertainty()).isCloseTo(uncertainty, FOUR_DIGITS);
        }

        @ParameterizedTest
        @CsvSource({"0, 0, 0.5, 1", "7, 1, 0.8, 0.2", "17, 5, 0.75, 0.0833", "2, 15, 0.1579, 0.1053", "9, 14, 0.4, 0.08"
        })
        void is_the_published_one_without_forgetting(int kept, int broken, double trust, double uncertainty) {
            List<Evidence> evidence =
                    new ArrayList<>(Collections.nCopies(kept, on(0, EvidenceKind.COMMITMENT_KEPT_ON_TIME)));
            evidence.addAll(Collections.nCopies(broken, on(1, EvidenceKind.COMMITMENT_BROKEN)));
            Reputation reputation = contractual(Policies.PUBLISHED, evidence, 10_000);
            assertThat(reputation.trust()).isCloseTo(trust, FOUR_DIGITS);
            assertThat(reputation.uncertainty()).isCloseTo(uncertainty, FOUR_DIGITS);
        }

        @ParameterizedTest
        @CsvSource({"7, 1, 0.5709, 0.9590", "17, 5, 0.5961, 0.8798"})
        void tells_where_the_middle_nine_tenths_lie(double r, double s, double low, double high) {
            Reputation reputation = new Reputation(r, s, 2, 0.5);
            assertThat(reputation.low()).isCloseTo(low, FOUR_DIGITS);
            assertThat(reputation.high()).isCloseTo(high, FOUR_DIGITS);
        }
    }

    @Nested
    class Overall {

        private final List<Evidence> evidence = List.of(
                on(0, EvidenceKind.COMMITMENT_KEPT_ON_TIME),
                on(0, EvidenceKind.MEASUREMENT_OFF_TARGET),
                on(0, EvidenceKind.JOINT_VALUE_DISCLOSURE),
                on(0, EvidenceKind.COMMITMENT_BROKEN, Party.US));
        private final LevelCourse levels = TRANSACTIONAL
                .with(new LevelCourse.Step(day(30), Level.JOINT_VALUE, 4))
                .with(new LevelCourse.Step(day(20), Level.ADDED_VALUE, 3))
                .with(new LevelCourse.Step(day(35), Level.ADDED_VALUE, 5))
                .with(new LevelCourse.Step(day(33), Level.TRANSACTIONAL, 6)); // late news

        private TrustFigures inThem(int day) {
            return new TrustModel(Policies.PUBLISHED).figures(evidence, levels, Party.THEM, day(day));
        }

        @ParameterizedTest
        @CsvSource({"10, 1", "20, 2", "30, 3", "33, 1", "35, 1"})
        void is_the_mean_of_the_strands_that_the_level_of_the_time_calls_for(int day, int strands) {
            TrustFigures figures = inThem(day);
            List<Reputation> called = Stream.of(Strand.CONTRACTUAL, Strand.COMPETENCE, Strand.GOODWILL)
                    .limit(strands)
                    .map(figures::strand)
                    .toList();
            assertThat(figures.overall()).isCloseTo(mean(called.stream().map(Reputation::trust)), SAME);
            assertThat(figures.uncertainty()).isCloseTo(mean(called.stream().map(Reputation::uncertainty)), SAME);
            assertThat(figures.low()).isCloseTo(mean(called.stream().map(Reputation::low)), SAME);
            assertThat(figures.high()).isCloseTo(mean(called.stream().map(Reputation::high)), SAME);
        }

        private static double mean(Stream<Double> numbers) {
            return numbers.mapToDouble(Double::doubleValue).average().orElseThrow();
        }

        @Test
        void is_kept_both_ways() {
            assertThat(inThem(0).overall()).isCloseTo(2 / 3.0, SAME);
            assertThat(new TrustModel(Policies.PUBLISHED)
                            .figures(evidence, levels, Party.US, day(0))
                            .overall())
                    .isCloseTo(1 / 3.0, SAME);
        }
    }

    @Nested
    class A_trend {

        private static Trend over(List<Evidence> evidence, double end) {
            TrustModel model = new TrustModel(Policies.PUBLISHED);
            return Trend.between(
                    model.figures(evidence, TRANSACTIONAL, Party.THEM, day(end - 90)),
                    model.figures(evidence, TRANSACTIONAL, Party.THEM, day(end)));
        }

        @Test
        void is_unknown_while_little_is_known() {
            assertThat(over(List.of(on(95, EvidenceKind.COMMITMENT_BROKEN)), 100))
                    .isEqualTo(Trend.UNKNOWN);
        }

        @Test
        void rises_falls_or_stays() {
            List<Evidence> kept = Collections.nCopies(4, on(50, EvidenceKind.COMMITMENT_KEPT_ON_TIME));
            List<Evidence> broken = Collections.nCopies(4, on(50, EvidenceKind.COMMITMENT_BROKEN));
            assertThat(over(kept, 100)).isEqualTo(Trend.RISING);
            assertThat(over(broken, 100)).isEqualTo(Trend.FALLING);
            assertThat(over(kept, 200)).isEqualTo(Trend.STEADY);
        }
    }

    /** Seeded; a failure tells the seed. */
    @Nested
    class Whatever_the_evidence {

        private static final int DAYS = 900;
        private static final List<EvidenceKind> KINDS = List.of(EvidenceKind.values());

        static Stream<Long> seeds() {
            return IntStream.range(0, 100).mapToObj(i -> 20081001L + i);
        }

        private static Evidence random(Random random) {
            double day = random.nextInt(DAYS * 24) / 24.0;
            double end = day + random.nextInt(100);
            double again = end + random.nextInt(100);
            List<Span> counted = switch (random.nextInt(5)) {
                case 0 -> List.of(new Span(day(day), day(end)));
                case 1 -> List.of(new Span(day(day), day(end)), new Span(day(again), null));
                default -> List.of(new Span(day(day), null));
            };
            return new Evidence(
                    new EntryId("E-" + random.nextInt()),
                    KINDS.get(random.nextInt(KINDS.size())),
                    random.nextBoolean() ? Party.US : Party.THEM,
                    day(day),
                    random.nextInt(),
                    counted);
        }

        private static List<Evidence> history(Random random) {
            return Stream.generate(() -> random(random))
                    .limit(1 + random.nextInt(60))
                    .toList();
        }

        private static TrustPolicy policy(Random random) {
            return random.nextBoolean()
                    ? Policies.PRUDENT
                    : Policies.policy("random", Duration.ofDays(1 + random.nextInt(700)), 1 + random.nextInt(3));
        }

        private static final List<Instant> WEEKS =
                IntStream.range(0, DAYS / 7).mapToObj(week -> day(week * 7)).toList();

        private static List<TrustFigures> course(TrustPolicy policy, List<Evidence> evidence) {
            return new TrustModel(policy).course(evidence, TRANSACTIONAL, Party.THEM, WEEKS);
        }

        private static void assertSame(List<TrustFigures> one, List<TrustFigures> other) {
            for (int i = 0; i < one.size(); i++) {
                for (Strand strand : Strand.values()) {
                    assertThat(one.get(i).strand(strand).r())
                            .isCloseTo(other.get(i).strand(strand).r(), SAME);
                    assertThat(one.get(i).strand(strand).s())
                            .isCloseTo(other.get(i).strand(strand).s(), SAME);
                }
            }
        }

        @ParameterizedTest
        @MethodSource("seeds")
        void its_order_of_arrival_makes_no_difference(long seed) {
            Random random = new Random(seed);
            TrustPolicy policy = policy(random);
            List<Evidence> evidence = new ArrayList<>(history(random));
            List<TrustFigures> course = course(policy, evidence);
            Collections.shuffle(evidence, random);
            assertSame(course(policy, evidence), course);
        }

        @ParameterizedTest
        @MethodSource("seeds")
        void one_pass_gives_what_the_formula_gives_at_each_time(long seed) {
            Random random = new Random(seed);
            TrustModel model = new TrustModel(policy(random));
            List<Evidence> evidence = history(random);
            List<TrustFigures> course = model.course(evidence, TRANSACTIONAL, Party.THEM, WEEKS);
            for (int i = 0; i < WEEKS.size(); i++) {
                for (Strand strand : Strand.values()) {
                    double r = 0;
                    double s = 0;
                    for (Evidence piece : evidence) {
                        if (piece.about() == Party.THEM
                                && model.policy().worthOf(piece.kind()).strand() == strand) {
                            r += model.share(piece, WEEKS.get(i)).evidenceFor();
                            s += model.share(piece, WEEKS.get(i)).evidenceAgainst();
                        }
                    }
                    assertThat(course.get(i).strand(strand).r()).isCloseTo(r, SAME);
                    assertThat(course.get(i).strand(strand).s()).isCloseTo(s, SAME);
                }
            }
        }

        @ParameterizedTest
        @MethodSource("seeds")
        void trust_stays_between_0_and_1_and_within_its_interval_where_that_holds_the_mean(long seed) {
            Random random = new Random(seed);
            for (TrustFigures figures : course(policy(random), history(random))) {
                assertThat(figures.overall()).isGreaterThan(0).isLessThan(1);
                assertThat(figures.uncertainty()).isGreaterThan(0).isLessThanOrEqualTo(1);
                assertThat(figures.low()).isGreaterThanOrEqualTo(0).isLessThan(figures.overall());
                assertThat(figures.high()).isGreaterThan(figures.overall()).isLessThanOrEqualTo(1);
            }
        }

        @ParameterizedTest
        @MethodSource("seeds")
        void the_interval_holds_nine_tenths(long seed) {
            Random random = new Random(seed);
            Reputation reputation = new Reputation(
                    random.nextDouble() * 50, random.nextDouble() * 50, 2, 0.1 + 0.8 * random.nextDouble());
            double a = reputation.r() + 2 * reputation.baseRate();
            double b = reputation.s() + 2 * (1 - reputation.baseRate());
            assertThat(RegularizedBeta.value(reputation.low(), a, b)).isCloseTo(0.05, SAME);
            assertThat(RegularizedBeta.value(reputation.high(), a, b)).isCloseTo(0.95, SAME);
        }

        @ParameterizedTest
        @MethodSource("seeds")
        void with_an_asymmetry_a_broken_promise_costs_more_than_a_kept_one_gains(long seed) {
            Random random = new Random(seed);
            List<Evidence> evidence = history(random);
            TrustPolicy policy = Policies.policy("asymmetric", Duration.ofDays(180), 1.1 + random.nextDouble());
            double before = contractual(policy, evidence, DAYS).trust();
            double kept = contractual(policy, and(evidence, EvidenceKind.COMMITMENT_KEPT_ON_TIME), DAYS)
                    .trust();
            double broken = contractual(policy, and(evidence, EvidenceKind.COMMITMENT_BROKEN), DAYS)
                    .trust();
            // from the middle: who has little trust left cannot lose as much as is to be gained
            if (before >= 0.5) {
                assertThat(before - broken).isGreaterThan(kept - before);
            }
            assertThat(broken).isLessThan(before);
            assertThat(kept).isGreaterThan(before);
        }

        private static List<Evidence> and(List<Evidence> evidence, EvidenceKind kind) {
            return Stream.concat(evidence.stream(), Stream.of(on(DAYS, kind))).toList();
        }

        @ParameterizedTest
        @MethodSource("seeds")
        void uncertainty_falls_with_evidence_and_rises_with_silence(long seed) {
            Random random = new Random(seed);
            List<Evidence> lasting =
                    history(random).stream().map(piece -> on(0, piece.kind())).toList();
            for (int i = 1; i < lasting.size(); i++) {
                for (Strand strand : Strand.values()) {
                    double before = uncertainty(lasting.subList(0, i - 1), strand, 0);
                    double after = uncertainty(lasting.subList(0, i), strand, 0);
                    assertThat(after).isLessThanOrEqualTo(before);
                    assertThat(uncertainty(lasting.subList(0, i), strand, 1)).isGreaterThanOrEqualTo(after);
                }
            }
        }

        private static double uncertainty(List<Evidence> evidence, Strand strand, int day) {
            return new TrustModel(Policies.PRUDENT)
                    .figures(evidence, TRANSACTIONAL, Party.THEM, day(day))
                    .strand(strand)
                    .uncertainty();
        }
    }

    @Test
    void refuses_a_policy_that_makes_no_sense_and_says_all_that_is_wrong() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new TrustPolicy("mine", "1", Duration.ZERO, 0, 1, -1, Map.of()))
                .withMessageContaining("the trust policy mine 1 is not valid")
                .withMessageContaining("halfLife: must be at least a day")
                .withMessageContaining("priorWeight: must be above 0")
                .withMessageContaining("baseRate: must be above 0 and below 1")
                .withMessageContaining("asymmetry: must be above 0")
                .withMessageContaining("COMMITMENT_BROKEN is missing");
    }

    @Test
    void does_not_go_back_in_time() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new TrustModel(Policies.PRUDENT)
                        .course(List.of(), TRANSACTIONAL, Party.US, List.of(day(2), day(1))));
    }
}
