package dev.rapport.events.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rapport.events.trust.LevelCourse.Step;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Party;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Seeded where it says so; a failure tells the seed. */
class A_tally_of_trust {

    private static final Offset<Double> SAME = within(1e-9);
    private static final Instant FIRST = Instant.parse("2021-03-01T00:00:00Z");
    private static final int DAYS = 1_800;
    private static final Instant NOW = day(DAYS);
    private static final Instant START = NOW.minus(Trend.WINDOW);
    private static final List<EvidenceKind> KINDS = List.of(EvidenceKind.values());
    private static final List<Level> LEVELS = List.of(Level.values());
    private static final TrustModel PRUDENT = new TrustModel(Policies.PRUDENT);

    private static Instant day(double day) {
        return FIRST.plus(Duration.ofSeconds(Math.round(day * 86_400)));
    }

    static Stream<Long> seeds() {
        return IntStream.range(0, 100).mapToObj(i -> 20081001L + i);
    }

    private static TrustModel model(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new TrustModel(Policies.PUBLISHED);
            case 1 -> new TrustModel(Policies.policy("hasty", Duration.ofDays(1), 3));
            case 2 -> new TrustModel(Policies.policy("odd", Duration.ofDays(20 + random.nextInt(700)), 1.5));
            default -> PRUDENT;
        };
    }

    /** What an entry may come to give: pieces that begin and end, disputes, and nothing at all once it is taken back. */
    private static EntryEvidence entry(Random random, int id) {
        EntryEvidence entry = EntryEvidence.of(new EntryId("E-" + id), Party.THEM, FIRST, id);
        for (int i = random.nextInt(3); i >= 0; i--) {
            entry = entry.with(
                    KINDS.get(random.nextInt(KINDS.size())),
                    random.nextBoolean() ? Party.US : Party.THEM,
                    day(random.nextInt(DAYS * 24) / 24.0),
                    random.nextInt(1_000_000));
        }
        if (random.nextInt(4) == 0) {
            entry = entry.noLongerOverdue(day(random.nextInt(DAYS)), 7);
        }
        if (random.nextInt(4) == 0) {
            entry = entry.disputed(day(random.nextInt(DAYS)));
        }
        if (random.nextInt(4) == 0) {
            entry = entry.upheld(day(random.nextInt(DAYS)));
        }
        return random.nextInt(8) == 0 ? entry.takenBack() : entry;
    }

    private static LevelCourse levels(Random random) {
        LevelCourse levels = LevelCourse.beginning();
        for (int i = random.nextInt(5); i > 0; i--) {
            levels = levels.with(new Step(day(random.nextInt(DAYS)), LEVELS.get(random.nextInt(3)), 100 - i));
        }
        return levels;
    }

    private static void assertSame(TrustFigures one, TrustFigures other) {
        assertThat(one.level()).isEqualTo(other.level());
        for (Strand strand : Strand.values()) {
            assertThat(one.strand(strand).trust())
                    .isCloseTo(other.strand(strand).trust(), SAME);
            assertThat(one.strand(strand).uncertainty())
                    .isCloseTo(other.strand(strand).uncertainty(), SAME);
        }
    }

    /** Entries that came, changed again and again, and went, in the order of their arrival; and what is left of them. */
    private record Arrivals(List<EntryEvidence> news, Map<EntryId, EntryEvidence> left) {

        static Arrivals of(Random random) {
            List<EntryEvidence> news = new ArrayList<>();
            Map<EntryId, EntryEvidence> left = new HashMap<>();
            for (int i = 10 + random.nextInt(60); i > 0; i--) {
                EntryEvidence entry = entry(random, random.nextInt(25));
                news.add(entry);
                left.put(entry.entryId(), entry);
            }
            return new Arrivals(news, left);
        }

        TrustTally tally(TrustModel model) {
            TrustTally tally = TrustTally.beginning(model, START);
            Map<EntryId, EntryEvidence> known = new HashMap<>();
            news.forEach(entry -> tally.replace(known.put(entry.entryId(), entry), entry));
            return tally;
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void gives_what_the_model_gives_from_scratch(long seed) {
        Random random = new Random(seed);
        TrustModel model = model(random);
        Arrivals arrivals = Arrivals.of(random);
        LevelCourse levels = levels(random);
        List<Evidence> evidence = arrivals.left().values().stream()
                .flatMap(entry -> entry.evidence().stream())
                .toList();

        TrustTally tally = arrivals.tally(model);
        levels.steps().forEach(tally::take);

        Instant later = NOW.plus(Duration.ofHours(random.nextInt(10_000)));
        for (Party party : Party.values()) {
            assertSame(tally.atStart(party), model.figures(evidence, levels, party, START));
            assertSame(tally.at(party, NOW), model.figures(evidence, levels, party, NOW));
            assertSame(tally.at(party, later), model.figures(evidence, levels, party, later));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void has_the_same_digits_in_any_order_of_arrival_and_after_any_detour(long seed) {
        Random random = new Random(seed);
        TrustModel model = model(random);
        Arrivals arrivals = Arrivals.of(random);
        List<EntryEvidence> left = new ArrayList<>(arrivals.left().values());
        Collections.shuffle(left, random);

        assertThat(arrivals.tally(model).state()).isEqualTo(of(model, left).state());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void is_after_a_retraction_as_if_the_entry_had_never_been(long seed) {
        Random random = new Random(seed);
        TrustModel model = model(random);
        Map<EntryId, EntryEvidence> left = Arrivals.of(random).left();
        TrustTally tally = of(model, left.values());
        EntryEvidence taken = left.values().iterator().next();

        tally.replace(taken, taken.takenBack());
        left.remove(taken.entryId());

        assertThat(tally.state()).isEqualTo(of(model, left.values()).state());
    }

    private static TrustTally of(TrustModel model, Collection<EntryEvidence> entries) {
        return TrustTally.of(model, START, entries, LevelCourse.beginning());
    }

    @Test
    void goes_on_from_what_was_kept_of_it() {
        Random random = new Random(1);
        EntryEvidence one = entry(random, 1);
        EntryEvidence other = entry(random, 2);
        TrustTally tally = of(PRUDENT, List.of(one));

        TrustTally continued = TrustTally.continuing(PRUDENT, tally.state());
        continued.replace(null, other);

        assertThat(continued.state()).isEqualTo(of(PRUDENT, List.of(one, other)).state());
        assertThat(tally.state()).isEqualTo(of(PRUDENT, List.of(one)).state());
    }

    @Test
    void tells_where_trust_went() {
        TrustTally tally = TrustTally.beginning(PRUDENT, START);
        assertThat(tally.trend(Party.THEM, NOW)).isEqualTo(Trend.UNKNOWN);
        for (int i = 0; i < 4; i++) {
            tally.replace(null, kept(i, DAYS - 1));
        }
        assertThat(tally.trend(Party.THEM, NOW)).isEqualTo(Trend.RISING);
        assertThat(tally.trend(Party.US, NOW)).isEqualTo(Trend.UNKNOWN);
    }

    @Test
    void knows_the_level_of_each_of_its_times() {
        TrustTally tally = TrustTally.beginning(PRUDENT, START);
        tally.take(new Step(START.minusSeconds(1), Level.ADDED_VALUE, 3));
        tally.take(new Step(NOW, Level.JOINT_VALUE, 4));
        assertThat(tally.atStart(Party.US).level()).isEqualTo(Level.ADDED_VALUE);
        assertThat(tally.at(Party.US, NOW).level()).isEqualTo(Level.JOINT_VALUE);
    }

    private static EntryEvidence kept(int id, int day) {
        return EntryEvidence.of(new EntryId("C-" + id), Party.THEM, day(day), id)
                .with(EvidenceKind.COMMITMENT_KEPT_ON_TIME, Party.THEM, day(day), id);
    }

    @Test
    void fades_as_the_domain_says() {
        TrustTally tally = TrustTally.beginning(PRUDENT, START);
        tally.replace(null, kept(1, DAYS));
        assertThat(tally.at(Party.THEM, NOW).overall()).isCloseTo(0.6667, within(0.00005));
        assertThat(tally.at(Party.THEM, day(DAYS + 180)).overall()).isCloseTo(0.6, SAME);
        assertThat(tally.at(Party.THEM, day(DAYS + 360)).overall()).isCloseTo(0.5556, within(0.00005));
    }
}
