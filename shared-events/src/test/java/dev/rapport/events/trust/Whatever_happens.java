package dev.rapport.events.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rapport.events.CommitmentBecameOverdue;
import dev.rapport.events.CommitmentBroken;
import dev.rapport.events.CommitmentKept;
import dev.rapport.events.CommitmentRecorded;
import dev.rapport.events.CommitmentReleased;
import dev.rapport.events.CommitmentRenegotiated;
import dev.rapport.events.ConcernRaised;
import dev.rapport.events.ConcernResolved;
import dev.rapport.events.ContributionCorrected;
import dev.rapport.events.ContributionRecorded;
import dev.rapport.events.DisclosureCorrected;
import dev.rapport.events.DisclosureRecorded;
import dev.rapport.events.DisputeRaised;
import dev.rapport.events.DisputeSettled;
import dev.rapport.events.EntryRetracted;
import dev.rapport.events.IndicatorAgreed;
import dev.rapport.events.InteractionCorrected;
import dev.rapport.events.InteractionLogged;
import dev.rapport.events.MeasurementRecorded;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.ConcernSubject;
import dev.rapport.events.vocabulary.Direction;
import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.Requirement;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Events at random, from the first to the figures. Seeded; a failure tells the seed. */
class Whatever_happens {

    private static final Offset<Double> SAME = within(1e-9);
    private static final RelationshipId R = new RelationshipId("R-1");
    private static final LocalDate FIRST = LocalDate.of(2021, 3, 1);
    private static final int DAYS = 1_500;
    private static final List<Level> LEVELS = List.of(Level.values());
    private static final List<Instant> WEEKS =
            IntStream.range(0, DAYS / 7).mapToObj(week -> day(week * 7)).toList();

    static Stream<Long> seeds() {
        return IntStream.range(0, 60).mapToObj(i -> 20081001L + i);
    }

    private static Instant day(int day) {
        return FIRST.plusDays(day).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** What happened when. */
    private record Happening(RelationshipEvent event, Instant at) {}

    /** What happened to one entry, in order, and to those that hang on it. */
    private record Story(EntryId entry, EntryKind kind, List<Happening> happenings) {

        Story retracted() {
            List<Happening> more = new ArrayList<>(happenings);
            more.add(new Happening(new EntryRetracted(R, entry, kind, "never was"), day(DAYS)));
            return new Story(entry, kind, more);
        }
    }

    /** Makes up stories. */
    private static final class Author {

        private final Random random;
        private final List<Happening> happenings = new ArrayList<>();
        private final EntryId entry;
        private int day;

        private Author(Random random, int number) {
            this.random = random;
            this.entry = new EntryId("E-" + number);
            this.day = random.nextInt(DAYS - 300);
        }

        static List<Story> stories(Random random) {
            return IntStream.range(0, 12 + random.nextInt(12))
                    .mapToObj(number -> new Author(random, number).story())
                    .toList();
        }

        private Story story() {
            EntryKind kind = any(
                    EntryKind.INTERACTION,
                    EntryKind.COMMITMENT,
                    EntryKind.COMMITMENT,
                    EntryKind.COMMITMENT,
                    EntryKind.DISCLOSURE,
                    EntryKind.CONTRIBUTION,
                    EntryKind.INDICATOR,
                    EntryKind.CONCERN);
            switch (kind) {
                case INTERACTION -> interaction();
                case COMMITMENT -> commitment();
                case DISCLOSURE -> disclosure();
                case CONTRIBUTION -> contribution();
                case INDICATOR -> indicator();
                default -> concern();
            }
            return new Story(entry, kind, List.copyOf(happenings));
        }

        @SafeVarargs
        private <T> T any(T... choices) {
            return choices[random.nextInt(choices.length)];
        }

        private Party party() {
            return any(Party.values());
        }

        private boolean now() {
            return random.nextBoolean();
        }

        private void happens(RelationshipEvent event) {
            happenings.add(new Happening(event, day(day)));
        }

        private void laterOn() {
            day += 1 + random.nextInt(40);
        }

        private void interaction() {
            happens(new InteractionLogged(R, entry, Channel.CALL, "we met", List.of(), any(-2, -1, 0, 1, 2, null)));
            if (now()) {
                happens(new InteractionCorrected(R, entry, null, null, null, any(-2, 0, 2, null), "not quite"));
            }
        }

        private void disclosure() {
            happens(new DisclosureRecorded(R, entry, party(), any(DisclosureKind.values()), "figures"));
            if (now()) {
                happens(new DisclosureCorrected(R, entry, party(), any(DisclosureKind.values()), null, "not quite"));
            }
        }

        private void contribution() {
            happens(new ContributionRecorded(R, entry, party(), "a week saved", null));
            if (now()) {
                happens(new ContributionCorrected(R, entry, party(), null, null, "not quite"));
            }
        }

        private void indicator() {
            happens(new IndicatorAgreed(
                    R,
                    entry,
                    party(),
                    Requirement.FAST,
                    Level.TRANSACTIONAL,
                    "lead time",
                    BigDecimal.TEN,
                    Direction.LOWER,
                    null));
            for (int i = random.nextInt(5); i > 0; i--) {
                laterOn();
                happens(new MeasurementRecorded(
                        R,
                        new EntryId(entry + "-" + i),
                        entry,
                        BigDecimal.ONE,
                        FIRST.plusDays(day + random.nextInt(3) - 1),
                        now()));
            }
        }

        private void concern() {
            happens(new ConcernRaised(R, entry, party(), any(ConcernSubject.values()), "scratches"));
            maybeDisputed();
            if (now()) {
                laterOn();
                happens(new ConcernResolved(R, entry, "replaced"));
            }
            maybeDisputed();
        }

        private void commitment() {
            int due = day + random.nextInt(60);
            happens(new CommitmentRecorded(R, entry, party(), "deliver", FIRST.plusDays(due)));
            boolean goesOn = true;
            while (goesOn) {
                goesOn = false;
                maybeDisputed();
                laterOn();
                if (day > due) {
                    int then = day;
                    day = due + 1;
                    happens(new CommitmentBecameOverdue(R, entry, FIRST.plusDays(due)));
                    day = Math.max(then, due + 1);
                    maybeDisputed();
                }
                switch (random.nextInt(6)) {
                    case 0, 1 -> happens(new CommitmentKept(R, entry, day > due, null));
                    case 2 -> happens(new CommitmentBroken(R, entry, "no stock"));
                    case 3 -> happens(CommitmentReleased.letOff(R, entry, "no need"));
                    case 4 -> {
                        due = day + 1 + random.nextInt(30);
                        happens(new CommitmentRenegotiated(R, entry, FIRST.plusDays(due), null, "both agreed"));
                        goesOn = true;
                    }
                    default -> {} // open still
                }
            }
            maybeDisputed();
        }

        private void maybeDisputed() {
            if (random.nextInt(6) == 0) {
                int then = day;
                day += random.nextInt(9);
                happens(new DisputeRaised(R, entry, party(), "not so"));
                day += random.nextInt(9);
                happens(new DisputeSettled(R, entry, "so", now()));
                day = then;
            }
        }
    }

    /** The happenings in an order in which they could be learned of: each story from its beginning, all of them mixed. */
    private static List<Happening> learned(List<Story> stories, Random random) {
        List<List<Happening>> left = new ArrayList<>();
        stories.forEach(story -> left.add(new ArrayList<>(story.happenings)));
        List<Happening> learned = new ArrayList<>();
        left.removeIf(List::isEmpty);
        while (!left.isEmpty()) {
            List<Happening> story = left.get(random.nextInt(left.size()));
            learned.add(story.removeFirst());
            left.removeIf(List::isEmpty);
        }
        return learned;
    }

    /** Folds, with positions 1, 2, ..., and nothing at the position that is left out. */
    private static EvidenceFold fold(List<Happening> happenings, long leftOut) {
        var fold = new EvidenceFold(ZoneOffset.UTC, List.of());
        for (int i = 0; i < happenings.size(); i++) {
            if (i + 1 != leftOut) {
                fold.evolve(happenings.get(i).event, happenings.get(i).at, i + 1);
            }
        }
        return fold;
    }

    private static EvidenceFold fold(List<Happening> happenings) {
        return fold(happenings, 0);
    }

    private static TrustModel model(Random random) {
        return new TrustModel(
                switch (random.nextInt(3)) {
                    case 0 -> Policies.PUBLISHED;
                    case 1 -> Policies.policy("odd", Duration.ofDays(20 + random.nextInt(700)), 1.5);
                    default -> Policies.PRUDENT;
                });
    }

    private static LevelCourse levels(Random random) {
        LevelCourse levels = LevelCourse.beginning();
        for (int i = 1; i < 4; i++) {
            levels = levels.with(
                    new LevelCourse.Step(day(random.nextInt(DAYS)), LEVELS.get(random.nextInt(LEVELS.size())), i));
        }
        return levels;
    }

    private static void assertSame(TrustFigures one, TrustFigures other) {
        for (Strand strand : Strand.values()) {
            assertThat(one.strand(strand).r()).isCloseTo(other.strand(strand).r(), SAME);
            assertThat(one.strand(strand).s()).isCloseTo(other.strand(strand).s(), SAME);
        }
        assertThat(one.overall()).isCloseTo(other.overall(), SAME);
        assertThat(one.low()).isCloseTo(other.low(), SAME);
        assertThat(one.high()).isCloseTo(other.high(), SAME);
    }

    private static void assertSameCourse(TrustModel model, EvidenceFold one, EvidenceFold other, LevelCourse levels) {
        for (Party party : Party.values()) {
            List<TrustFigures> course = model.course(one.evidence().toList(), levels, party, WEEKS);
            List<TrustFigures> otherCourse = model.course(other.evidence().toList(), levels, party, WEEKS);
            for (int i = 0; i < WEEKS.size(); i++) {
                assertSame(course.get(i), otherCourse.get(i));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void any_order_of_arrival_gives_the_same_course(long seed) {
        var random = new Random(seed);
        List<Story> stories = Author.stories(random);
        assertSameCourse(model(random), fold(learned(stories, random)), fold(learned(stories, random)), levels(random));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_retraction_gives_the_course_without_the_entry_and_what_hangs_on_it(long seed) {
        var random = new Random(seed);
        List<Story> stories = Author.stories(random);
        List<Story> without = stories.stream().filter(_ -> random.nextBoolean()).toList();
        List<Story> retracted = stories.stream()
                .map(story -> without.contains(story) ? story : story.retracted())
                .toList();
        assertSameCourse(
                model(random), fold(learned(retracted, random)), fold(learned(without, random)), levels(random));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_explanation_adds_up_and_knows_what_a_rebuild_without_each_event_gives(long seed) {
        var random = new Random(seed);
        TrustModel model = model(random);
        LevelCourse levels = levels(random);
        List<Happening> learned = learned(Author.stories(random), random);
        EvidenceFold fold = fold(learned);
        Instant at = day(random.nextInt(DAYS));
        for (Party party : Party.values()) {
            List<TrustModel.Explained> explained = model.explain(fold.entries(), levels, party, at);
            TrustFigures figures = model.figures(fold.evidence().toList(), levels, party, at);
            for (Strand strand : Strand.values()) {
                assertThat(explained.stream()
                                .filter(piece -> piece.worth().strand() == strand)
                                .mapToDouble(piece -> piece.adds().evidenceFor())
                                .sum())
                        .isCloseTo(figures.strand(strand).r(), SAME);
                assertThat(explained.stream()
                                .filter(piece -> piece.worth().strand() == strand)
                                .mapToDouble(piece -> piece.adds().evidenceAgainst())
                                .sum())
                        .isCloseTo(figures.strand(strand).s(), SAME);
            }
            for (TrustModel.Explained piece : explained) {
                long event = piece.piece().position();
                TrustFigures rebuilt =
                        model.figures(fold(learned, event).evidence().toList(), levels, party, at);
                assertThat(piece.overallWithout())
                        .as("without %s", learned.get((int) event - 1))
                        .isCloseTo(rebuilt.overall(), SAME);
                assertThat(piece.strandWithout().trust())
                        .isCloseTo(rebuilt.strand(piece.worth().strand()).trust(), SAME);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_sweep_over_its_steps_gives_the_course(long seed) {
        var random = new Random(seed);
        TrustModel model = model(random);
        LevelCourse levels = levels(random);
        EvidenceFold fold = fold(learned(Author.stories(random), random));
        List<TrustStep> steps =
                fold.entries().stream().flatMap(TrustStep::of).sorted().toList();

        List<TrustSweep.Point> points = new TrustSweep(model, WEEKS).over(steps, levels);

        List<TrustFigures> inThem = model.course(fold.evidence().toList(), levels, Party.THEM, WEEKS);
        List<TrustFigures> inUs = model.course(fold.evidence().toList(), levels, Party.US, WEEKS);
        assertThat(points).extracting(TrustSweep.Point::at).isEqualTo(WEEKS);
        for (int i = 0; i < WEEKS.size(); i++) {
            assertThat(points.get(i).level()).isEqualTo(inThem.get(i).level());
            assertSame(points.get(i).inThem(), inThem.get(i));
            assertSame(points.get(i).inUs(), inUs.get(i));
        }
    }

    private static void assertSame(TrustSweep.Overall one, TrustFigures other) {
        assertThat(one.trust()).isCloseTo(other.overall(), SAME);
        assertThat(one.uncertainty()).isCloseTo(other.uncertainty(), SAME);
    }
}
