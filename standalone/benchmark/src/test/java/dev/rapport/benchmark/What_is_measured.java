package dev.rapport.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.benchmark.subject.Durations;
import dev.rapport.benchmark.subject.Load;
import dev.rapport.benchmark.subject.Past;
import dev.rapport.benchmark.subject.Run;
import dev.rapport.benchmark.subject.Step;
import dev.rapport.benchmark.subject.Step.Kind;
import dev.rapport.benchmark.subject.Subject;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the figures rest on. */
class What_is_measured {

    @Nested
    class A_sample {

        private final Sample even = new Sample(new double[] {4, 1, 3, 2});

        @Test
        void has_the_value_in_its_middle_as_median() {
            assertThat(new Sample(new double[] {9, 1, 5}).median()).isEqualTo(5);
            assertThat(even.median()).isEqualTo(2.5);
        }

        @Test
        void tells_how_far_it_lies_apart() {
            assertThat(even.spread()).isEqualTo("1.00 to 4.00");
        }

        @Test
        void of_nothing_is_refused() {
            assertThatThrownBy(() -> new Sample(new double[0])).hasMessage("nothing was measured");
        }
    }

    @Nested
    class Durations_of_a_hundred_steps {

        private final Durations durations = new Durations();

        @Test
        void have_each_hundredth_where_it_is() {
            for (int duration = 100; duration >= 1; duration--) {
                durations.add(duration);
            }

            assertThat(durations.atMost(0.5)).isEqualTo(50);
            assertThat(durations.atMost(0.99)).isEqualTo(99);
            assertThat(durations.atMost(1)).isEqualTo(100);
        }

        @Test
        void lose_none_when_there_are_more_than_were_thought_of() {
            for (int duration = 0; duration < 5_000; duration++) {
                durations.add(duration);
            }
            Durations all = new Durations();
            all.add(durations);

            assertThat(all.size()).isEqualTo(5_000);
            assertThat(all.atMost(1)).isEqualTo(4_999);
        }
    }

    @Nested
    class A_run {

        @Test
        void is_the_same_after_it_was_told_across_processes() {
            Run run = new Run(4_711, 2_000_000_000L, 17, 99);

            assertThat(Run.read(run.line())).isEqualTo(run);
            assertThat(run.perSecond()).isEqualTo(2_355.5);
        }
    }

    @Nested
    class The_steps_of_a_relationship {

        @Test
        void keep_only_commitments_that_were_made_and_none_twice() {
            Set<String> open = new HashSet<>();
            Set<String> made = new HashSet<>();
            for (int number = 1; number < 200; number++) {
                Step step = Step.of(7, number);
                switch (step.kind()) {
                    case FULFILMENT ->
                        assertThat(open.remove(step.commitmentId()))
                                .as("%s", step)
                                .isTrue();
                    case COMMITMENT -> open.add(step.id());
                    case ESTABLISHED, INTERACTION, DISCLOSURE, CONTRIBUTION -> {}
                }
                if (step.kind() != Kind.FULFILMENT) {
                    assertThat(made.add(step.id())).as("%s", step).isTrue();
                }
            }
            assertThat(open).hasSizeLessThan(2);
        }
    }

    @Nested
    class A_load {

        /** Remembers what it was told. */
        private static final class Witness implements Subject {

            private final Map<Integer, Integer> next = new ConcurrentHashMap<>();
            private final Past past;

            Witness(Past past) {
                this.past = past;
            }

            @Override
            public void fill(Past events) {
                // knows its past
            }

            @Override
            public void take(Step step) {
                int expected = next.getOrDefault(step.relationship(), past.stepsOf(step.relationship()));
                if (step.number() != expected) {
                    throw new IllegalStateException(step + ", not " + expected);
                }
                next.put(step.relationship(), expected + 1);
            }

            @Override
            public void close() {
                // holds nothing
            }
        }

        @Test
        @Timeout(10)
        void takes_the_steps_of_each_relationship_in_order_and_counts_all_of_them() throws Exception {
            Past past = new Past(20, 3, 5);
            Witness witness = new Witness(past);
            long steps = 0;
            try (Load load = new Load(witness, past, 8)) {
                do {
                    steps += load.run(TimeUnit.MILLISECONDS.toNanos(20)).steps();
                } while (witness.next.size() < past.relationships());
            }

            long taken = witness.next.entrySet().stream()
                    .mapToLong(entry -> entry.getValue() - past.stepsOf(entry.getKey()))
                    .sum();
            assertThat(steps).isEqualTo(taken).isPositive();
        }
    }

    @Nested
    class A_plot {

        @Test
        void has_a_bar_as_long_as_each_median() {
            String svg = new Bars("a < b", Map.of("only", new Sample(new double[] {50, 100, 100}))).svg();

            assertThat(svg).contains("a &lt; b").contains("width=\"380.0\"").contains(">100<");
        }
    }
}
