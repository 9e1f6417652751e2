package dev.rapport.query.practice;

import static dev.rapport.events.vocabulary.DisclosureKind.BENCHMARK;
import static dev.rapport.events.vocabulary.DisclosureKind.INVOICES;
import static dev.rapport.events.vocabulary.DisclosureKind.STRATEGY;
import static dev.rapport.events.vocabulary.Level.ADDED_VALUE;
import static dev.rapport.events.vocabulary.Level.JOINT_VALUE;
import static dev.rapport.events.vocabulary.Level.TRANSACTIONAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.Holder;
import dev.rapport.events.vocabulary.Level;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class The_practised_level {

    private static final Instant NOW = Instant.parse("2026-11-24T10:30:00Z");
    private static final Instant A_YEAR_AGO = Instant.parse("2025-11-24T10:30:00Z");
    private static final Instant LATELY = Instant.parse("2026-10-01T00:00:00Z");
    private static final LocalDate SOME_DAY_LATELY = LocalDate.of(2026, 10, 1);
    private static final PracticePolicy STANDARD = new PracticePolicy("standard", "1", 12, 2);

    private static Level practised(
            Map<DisclosureKind, Instant> exchanged, Map<Level, LocalDate> measured, Map<Holder, Instant> held) {
        return practised(STANDARD, exchanged, measured, held);
    }

    private static Level practised(
            PracticePolicy policy,
            Map<DisclosureKind, Instant> exchanged,
            Map<Level, LocalDate> measured,
            Map<Holder, Instant> held) {
        return new Practice(exchanged, measured, held)
                .in(policy.windowAt(NOW, ZoneOffset.UTC))
                .level();
    }

    @Test
    void is_transactional_without_any_evidence() {
        assertThat(practised(Map.of(), Map.of(), Map.of())).isEqualTo(TRANSACTIONAL);
    }

    @Test
    void is_not_what_one_kind_of_evidence_shows_alone() {
        assertThat(practised(Map.of(STRATEGY, LATELY), Map.of(), Map.of())).isEqualTo(TRANSACTIONAL);
        assertThat(practised(Map.of(), Map.of(JOINT_VALUE, SOME_DAY_LATELY), Map.of()))
                .isEqualTo(TRANSACTIONAL);
        assertThat(practised(Map.of(), Map.of(), Map.of(Holder.BOTH, LATELY))).isEqualTo(TRANSACTIONAL);
    }

    @Test
    void is_what_two_kinds_of_evidence_show_or_exceed() {
        assertThat(practised(Map.of(STRATEGY, LATELY), Map.of(JOINT_VALUE, SOME_DAY_LATELY), Map.of()))
                .isEqualTo(JOINT_VALUE);
        assertThat(practised(Map.of(STRATEGY, LATELY), Map.of(), Map.of(Holder.BOTH, LATELY)))
                .isEqualTo(JOINT_VALUE);
        assertThat(practised(Map.of(), Map.of(JOINT_VALUE, SOME_DAY_LATELY), Map.of(Holder.BOTH, LATELY)))
                .isEqualTo(JOINT_VALUE);
        assertThat(practised(Map.of(BENCHMARK, LATELY), Map.of(), Map.of(Holder.BOTH, LATELY)))
                .isEqualTo(ADDED_VALUE);
        assertThat(practised(
                        Map.of(INVOICES, LATELY), Map.of(ADDED_VALUE, SOME_DAY_LATELY), Map.of(Holder.BOTH, LATELY)))
                .isEqualTo(ADDED_VALUE);
    }

    @Test
    void counts_the_deepest_of_a_kind_only() {
        assertThat(practised(
                        Map.of(INVOICES, LATELY, BENCHMARK, LATELY, STRATEGY, LATELY),
                        Map.of(TRANSACTIONAL, SOME_DAY_LATELY, ADDED_VALUE, SOME_DAY_LATELY),
                        Map.of(Holder.US, LATELY)))
                .isEqualTo(ADDED_VALUE);
    }

    @Test
    void takes_objectives_of_one_party_for_transactional() {
        for (Holder one : new Holder[] {Holder.US, Holder.THEM}) {
            assertThat(practised(Map.of(STRATEGY, LATELY), Map.of(), Map.of(one, LATELY)))
                    .isEqualTo(TRANSACTIONAL);
        }
    }

    @Test
    void asks_for_as_many_kinds_as_the_policy_says() {
        var eager = new PracticePolicy("eager", "1", 12, 1);
        var strict = new PracticePolicy("strict", "1", 12, 3);

        assertThat(practised(eager, Map.of(STRATEGY, LATELY), Map.of(), Map.of()))
                .isEqualTo(JOINT_VALUE);
        assertThat(practised(strict, Map.of(STRATEGY, LATELY), Map.of(JOINT_VALUE, SOME_DAY_LATELY), Map.of()))
                .isEqualTo(TRANSACTIONAL);
    }

    @Nested
    class The_window {

        private final PracticeWindow year = STANDARD.windowAt(NOW, ZoneOffset.UTC);

        @Test
        void takes_in_what_happened_exactly_at_its_beginning() {
            assertThat(year.since()).isEqualTo(A_YEAR_AGO);
            assertThat(year.reaches(A_YEAR_AGO)).isTrue();
            assertThat(year.reaches(A_YEAR_AGO.minusNanos(1_000))).isFalse();
        }

        @Test
        void takes_in_the_whole_of_its_first_day_for_what_is_known_by_its_day() {
            assertThat(year.reaches(LocalDate.of(2025, 11, 24))).isTrue();
            assertThat(year.reaches(LocalDate.of(2025, 11, 23))).isFalse();
        }

        @Test
        void begins_on_the_day_that_it_is_where_the_organization_is() {
            PracticeWindow inAuckland =
                    STANDARD.windowAt(Instant.parse("2026-11-24T11:30:00Z"), ZoneId.of("Pacific/Auckland"));

            assertThat(inAuckland.firstDay()).isEqualTo("2025-11-25");
        }

        @Test
        void is_as_long_as_the_policy_says() {
            assertThat(new PracticePolicy("short", "1", 1, 2)
                            .windowAt(Instant.parse("2026-03-31T00:00:00Z"), ZoneOffset.UTC)
                            .since())
                    .isEqualTo("2026-02-28T00:00:00Z");
        }
    }

    @Nested
    class A_policy {

        @Test
        void that_makes_no_sense_is_refused() {
            assertThatIllegalArgumentException().isThrownBy(() -> new PracticePolicy("none", "1", 12, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> new PracticePolicy("four", "1", 12, 4));
            assertThatIllegalArgumentException().isThrownBy(() -> new PracticePolicy("never", "1", 0, 2));
            assertThatIllegalArgumentException().isThrownBy(() -> new PracticePolicy("", "1", 12, 2));
            assertThatIllegalArgumentException().isThrownBy(() -> new PracticePolicy("unnumbered", " ", 12, 2));
        }
    }
}
