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
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of the domain: what is evidence, of what, about whom, and when it counts. */
class Evidence_of_events {

    private static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");
    private static final RelationshipId R = new RelationshipId("R-1");
    private static final EntryId E = new EntryId("E-1");
    private static final EntryId INDICATOR = new EntryId("N-1");
    private static final LocalDate DUE = LocalDate.of(2026, 3, 1);

    private final List<RelationshipEvent> told = new ArrayList<>();
    private EvidenceFold fold = new EvidenceFold(AMSTERDAM, List.of());

    private static Instant day(int day) {
        return Instant.parse("2026-01-01T09:00:00Z").plusSeconds(day * 86_400L);
    }

    /** Events at positions 1, 2, ... as they are told. */
    private Evidence_of_events on(int day, RelationshipEvent event) {
        told.add(event);
        fold.evolve(event, day(day), told.size());
        return this;
    }

    private List<Evidence> evidence() {
        return fold.evidence().toList();
    }

    private Evidence only() {
        return evidence().getFirst();
    }

    private static boolean counts(Evidence piece, int day) {
        return piece.countsAt(day(day));
    }

    private Evidence_of_events promise(Party madeBy) {
        return on(0, new CommitmentRecorded(R, E, madeBy, "deliver", DUE));
    }

    @ParameterizedTest
    @CsvSource({"false, COMMITMENT_KEPT_ON_TIME", "true, COMMITMENT_KEPT_LATE"})
    void a_kept_promise_is_about_who_made_it(boolean late, EvidenceKind kind) {
        promise(Party.US).on(5, new CommitmentKept(R, E, late, null));
        assertThat(evidence()).singleElement().satisfies(piece -> {
            assertThat(piece.kind()).isEqualTo(kind);
            assertThat(piece.about()).isEqualTo(Party.US);
            assertThat(piece.at()).isEqualTo(day(5));
            assertThat(piece.position()).isEqualTo(2);
            assertThat(counts(piece, 4)).isFalse();
            assertThat(counts(piece, 5)).isTrue();
            assertThat(counts(piece, 5_000)).isTrue();
        });
    }

    @Test
    void an_open_or_renegotiated_promise_is_none() {
        promise(Party.THEM).on(2, new CommitmentRenegotiated(R, E, DUE.plusDays(9), null, "both agreed"));
        assertThat(evidence()).isEmpty();
    }

    @Test
    void a_promise_is_overdue_until_it_ends_and_each_time_anew() {
        promise(Party.THEM)
                .on(10, new CommitmentBecameOverdue(R, E, DUE))
                .on(20, new CommitmentRenegotiated(R, E, DUE.plusDays(20), null, "both agreed"))
                .on(30, new CommitmentBecameOverdue(R, E, DUE.plusDays(20)))
                .on(40, new CommitmentBroken(R, E, "no stock"));
        assertThat(evidence())
                .extracting(Evidence::kind)
                .containsExactly(
                        EvidenceKind.COMMITMENT_OVERDUE,
                        EvidenceKind.COMMITMENT_OVERDUE,
                        EvidenceKind.COMMITMENT_BROKEN);
        assertThat(Stream.of(9, 10, 19, 20, 29, 30, 39, 40)
                        .map(day -> evidence().stream()
                                .filter(piece -> counts(piece, day))
                                .count()))
                .containsExactly(0L, 1L, 1L, 0L, 0L, 1L, 1L, 1L);
    }

    @Test
    void a_promise_that_ended_before_it_was_overdue_never_was_though_it_was_told_later() {
        promise(Party.THEM).on(10, new CommitmentBecameOverdue(R, E, DUE)).on(8, new CommitmentKept(R, E, false, null));
        assertThat(evidence())
                .filteredOn(piece -> counts(piece, 11))
                .singleElement()
                .satisfies(piece -> assertThat(piece.kind()).isEqualTo(EvidenceKind.COMMITMENT_KEPT_ON_TIME));
        assertThat(only().counted()).isEmpty();
    }

    @Test
    void a_promise_that_ended_after_its_day_was_overdue_though_nobody_noted_it() {
        promise(Party.THEM).on(70, new CommitmentKept(R, E, true, null)); // due on day 59
        assertThat(Stream.of(58, 60, 69, 70)
                        .map(day -> evidence().stream()
                                .filter(piece -> counts(piece, day))
                                .map(Evidence::kind)
                                .toList()))
                .containsExactly(
                        List.of(),
                        List.of(EvidenceKind.COMMITMENT_OVERDUE),
                        List.of(EvidenceKind.COMMITMENT_OVERDUE),
                        List.of(EvidenceKind.COMMITMENT_KEPT_LATE));
        assertThat(evidence().getFirst().at()).isEqualTo("2026-03-01T23:00:00Z");
    }

    @Test
    void a_settlement_as_of_a_time_before_the_dispute_takes_nothing_away() {
        promise(Party.THEM)
                .on(10, new CommitmentBroken(R, E, "no stock"))
                .on(30, new DisputeRaised(R, E, Party.THEM, "we delivered"))
                .on(20, new DisputeSettled(R, E, "it stands", true));
        assertThat(only().counted()).containsExactly(new Evidence.Span(day(10), null));
    }

    @Test
    void a_release_speaks_for_who_let_the_other_off() {
        promise(Party.THEM).on(3, CommitmentReleased.letOff(R, E, "no longer needed"));
        assertThat(only().kind()).isEqualTo(EvidenceKind.RELEASE);
        assertThat(only().about()).isEqualTo(Party.US);
    }

    @Test
    void a_release_by_the_relationships_ending_is_none() {
        promise(Party.THEM).on(3, CommitmentReleased.byEnding(R, E));
        assertThat(evidence()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, MEASUREMENT_ON_TARGET", "false, MEASUREMENT_OFF_TARGET"})
    void a_measurement_is_about_who_has_to_meet_the_owners_requirement(boolean meets, EvidenceKind kind) {
        measured(meets);
        assertThat(only().kind()).isEqualTo(kind);
        assertThat(only().about()).isEqualTo(Party.THEM);
        assertThat(only().at()).isEqualTo("2026-02-28T23:00:00Z"); // the start of the day in Amsterdam
    }

    private Evidence_of_events measured(boolean meets) {
        return on(
                        0,
                        new IndicatorAgreed(
                                R,
                                INDICATOR,
                                Party.US,
                                Requirement.FAST,
                                Level.TRANSACTIONAL,
                                "lead time",
                                BigDecimal.TEN,
                                Direction.LOWER,
                                null))
                .on(70, new MeasurementRecorded(R, E, INDICATOR, BigDecimal.ONE, DUE, meets));
    }

    @Test
    void a_measurement_of_an_indicator_agreed_in_an_earlier_batch_needs_that_entry() {
        var measurement = new MeasurementRecorded(R, E, INDICATOR, BigDecimal.ONE, DUE, true);
        assertThat(measurement.entriesInvolved()).isEqualTo(Set.of(E, INDICATOR));
        measured(true);
        List<Evidence> atOnce = evidence();

        EvidenceFold later = new EvidenceFold(AMSTERDAM, List.of());
        later.evolve(told.getFirst(), day(0), 1);
        EvidenceFold continued = new EvidenceFold(AMSTERDAM, later.changed());
        continued.evolve(measurement, day(70), 2);

        assertThat(continued.evidence().toList()).isEqualTo(atOnce);
        assertThat(continued.changed()).extracting(EntryEvidence::entryId).containsExactly(E);
    }

    @ParameterizedTest
    @EnumSource(Party.class)
    void a_contribution_is_about_who_gave_it_as_corrected(Party givenBy) {
        on(1, new ContributionRecorded(R, E, givenBy, "saved a week", null));
        assertThat(only().kind()).isEqualTo(EvidenceKind.CONTRIBUTION);
        assertThat(only().about()).isEqualTo(givenBy);
        on(5, new ContributionCorrected(R, E, givenBy.other(), null, null, "the wrong way round"));
        assertThat(only().about()).isEqualTo(givenBy.other());
        assertThat(only().at()).isEqualTo(day(1));
    }

    @ParameterizedTest
    @EnumSource(DisclosureKind.class)
    void a_disclosure_is_worth_what_its_level_is(DisclosureKind kind) {
        on(1, new DisclosureRecorded(R, E, Party.US, DisclosureKind.ORDERS, "the figures"));
        assertThat(only().kind()).isEqualTo(EvidenceKind.TRANSACTIONAL_DISCLOSURE);
        on(2, new DisclosureCorrected(R, E, null, kind, null, "another kind"));
        assertThat(only().kind().name()).isEqualTo(kind.typicalOf() + "_DISCLOSURE");
        assertThat(only().about()).isEqualTo(Party.US);
        assertThat(only().at()).isEqualTo(day(1));
    }

    @ParameterizedTest
    @CsvSource({"-2, HOSTILE_INTERACTION", "-1, COOL_INTERACTION", "1, FRIENDLY_INTERACTION", "2, WARM_INTERACTION"})
    void the_climate_of_an_interaction_is_about_both(int sentiment, EvidenceKind kind) {
        on(1, new InteractionLogged(R, E, Channel.CALL, "we talked", List.of(), sentiment));
        assertThat(evidence()).extracting(Evidence::kind).containsOnly(kind);
        assertThat(evidence()).extracting(Evidence::about).containsExactlyInAnyOrder(Party.values());
        on(2, new InteractionCorrected(R, E, null, null, null, 0, "nobody felt anything"));
        assertThat(evidence()).isEmpty();
        on(3, new InteractionCorrected(R, E, null, null, null, sentiment, "they did"));
        assertThat(evidence())
                .hasSize(2)
                .allSatisfy(piece -> assertThat(piece.at()).isEqualTo(day(1)));
    }

    @ParameterizedTest
    @CsvSource({"QUALITY, QUALITY_CONCERN", "FAIRNESS, FAIRNESS_CONCERN", "OPENNESS, OPENNESS_CONCERN", "OTHER,"})
    void a_concern_is_about_who_did_not_raise_it_and_so_is_its_resolution(ConcernSubject about, EvidenceKind kind) {
        on(1, new ConcernRaised(R, E, Party.THEM, about, "scratches"));
        on(9, new ConcernResolved(R, E, "replaced"));
        assertThat(evidence())
                .extracting(Evidence::kind)
                .containsExactlyElementsOf(Stream.of(kind, EvidenceKind.CONCERN_RESOLVED)
                        .filter(Objects::nonNull)
                        .toList());
        assertThat(evidence()).allSatisfy(piece -> assertThat(piece.about()).isEqualTo(Party.US));
    }

    @Test
    void what_is_disputed_is_none_until_it_is_upheld() {
        promise(Party.THEM)
                .on(10, new CommitmentBroken(R, E, "no stock"))
                .on(20, new DisputeRaised(R, E, Party.THEM, "we delivered"))
                .on(30, new DisputeSettled(R, E, "it stands", true));
        assertThat(Stream.of(10, 19, 20, 29, 30).map(day -> counts(only(), day)))
                .containsExactly(true, true, false, false, true);
        assertThat(only().at()).isEqualTo(day(10));
    }

    @Test
    void what_is_disputed_stays_out_when_it_is_not_upheld() {
        promise(Party.THEM)
                .on(10, new CommitmentBroken(R, E, "no stock"))
                .on(20, new DisputeRaised(R, E, Party.THEM, "we delivered"))
                .on(30, new DisputeSettled(R, E, "they did", false));
        assertThat(Stream.of(10, 19, 20, 29, 30, 3_000).map(day -> counts(only(), day)))
                .containsExactly(true, true, false, false, false, false);
    }

    @Test
    void what_happens_while_it_is_disputed_counts_from_the_settlement_on() {
        promise(Party.THEM)
                .on(5, new DisputeRaised(R, E, Party.THEM, "never agreed"))
                .on(10, new CommitmentBroken(R, E, "no stock"))
                .on(30, new DisputeSettled(R, E, "it stands", true));
        assertThat(Stream.of(10, 29, 30).map(day -> counts(only(), day))).containsExactly(false, false, true);
    }

    @Test
    void what_is_retracted_is_none_at_any_time() {
        promise(Party.THEM)
                .on(10, new CommitmentBroken(R, E, "no stock"))
                .on(20, new EntryRetracted(R, E, EntryKind.COMMITMENT, "entered twice"));
        assertThat(evidence()).isEmpty();
    }

    @Test
    void measurements_go_with_their_indicator_when_it_is_retracted() {
        measured(true).on(80, new EntryRetracted(R, INDICATOR, EntryKind.INDICATOR, "agreed with nobody"));
        assertThat(evidence()).isEmpty();
    }

    @Test
    void a_promise_that_is_noted_as_overdue_on_another_day_than_its_zone_has_is_so_once() {
        promise(Party.THEM).on(62, new CommitmentBecameOverdue(R, E, DUE)).on(70, new CommitmentKept(R, E, true, null));
        assertThat(evidence())
                .extracting(Evidence::kind)
                .containsExactly(EvidenceKind.COMMITMENT_OVERDUE, EvidenceKind.COMMITMENT_KEPT_LATE);
    }

    @Test
    void a_promise_that_was_overdue_once_and_renegotiated_is_so_again_though_nobody_noted_it() {
        promise(Party.THEM)
                .on(62, new CommitmentBecameOverdue(R, E, DUE))
                .on(65, new CommitmentRenegotiated(R, E, DUE.plusDays(20), null, "both agreed"))
                .on(90, new CommitmentKept(R, E, true, null)); // due on day 79
        assertThat(Stream.of(62, 65, 78, 80, 89, 90)
                        .map(day -> evidence().stream()
                                .filter(piece -> counts(piece, day))
                                .map(Evidence::kind)
                                .toList()))
                .containsExactly(
                        List.of(EvidenceKind.COMMITMENT_OVERDUE),
                        List.of(),
                        List.of(),
                        List.of(EvidenceKind.COMMITMENT_OVERDUE),
                        List.of(EvidenceKind.COMMITMENT_OVERDUE),
                        List.of(EvidenceKind.COMMITMENT_KEPT_LATE));
    }

    /** Overdue from day 10 to 40, broken then, and disputed from day 50 to 60. */
    private EntryEvidence disputed() {
        promise(Party.THEM)
                .on(10, new CommitmentBecameOverdue(R, E, DUE))
                .on(40, new CommitmentBroken(R, E, "no stock"))
                .on(50, new DisputeRaised(R, E, Party.THEM, "we delivered"))
                .on(60, new DisputeSettled(R, E, "it stands", true));
        return fold.entries().iterator().next();
    }

    @Test
    void has_a_last_moment_at_which_it_begins_to_count_or_ceases_to() {
        EntryEvidence whole = disputed();
        assertThat(whole.lastMoment()).isEqualTo(day(60));
        assertThat(whole.upTo(day(59)).lastMoment()).isEqualTo(day(50));
        assertThat(whole.upTo(day(45)).lastMoment()).isEqualTo(day(40));
        assertThat(whole.upTo(day(9)).lastMoment()).isNull();
        assertThat(whole.takenBack().lastMoment()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"9", "10", "39", "40", "49", "50", "59", "60", "1000"})
    void as_of_a_time_is_what_it_was_then_and_goes_on_as_if_nothing_came_after(int day) {
        EntryEvidence whole = disputed();
        EntryEvidence then = whole.upTo(day(day));
        assertThat(TrustStep.of(then).sorted())
                .containsExactlyElementsOf(TrustStep.of(whole)
                        .filter(step -> step.at() <= TrustStep.micros(day(day)))
                        .sorted()
                        .toList());
    }

    @Test
    void is_timed_to_the_microsecond() {
        assertThat(TrustStep.micros(Instant.parse("1970-01-01T00:00:02.000007Z")))
                .isEqualTo(2_000_007);
    }

    @Test
    void tells_of_each_event_what_it_changed() {
        RelationshipEvent promised = new CommitmentRecorded(R, E, Party.THEM, "deliver", DUE);
        assertThat(fold.evolve(promised, day(0), 1)).singleElement().satisfies(change -> {
            assertThat(change.before()).isNull();
            assertThat(change.after().dueOn()).isEqualTo(DUE);
            assertThat(change.isOfEvidence()).isFalse();
        });
        assertThat(fold.evolve(new CommitmentBroken(R, E, "no stock"), day(5), 2))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.before()).isNotNull();
                    assertThat(change.after().pieces()).hasSize(1);
                    assertThat(change.isOfEvidence()).isTrue();
                });
        assertThat(fold.evolve(new ConcernResolved(R, new EntryId("E-9"), "of nothing"), day(6), 3))
                .isEmpty();
    }

    @Test
    void that_goes_is_a_change_of_evidence_too() {
        on(1, new InteractionLogged(R, E, Channel.CALL, "we talked", List.of(), 1));
        assertThat(fold.evolve(new InteractionCorrected(R, E, null, null, null, 0, "nobody felt anything"), day(2), 2))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.after().pieces()).isEmpty();
                    assertThat(change.isOfEvidence()).isTrue();
                });
    }

    @Test
    void an_explanation_adds_up_and_knows_the_figure_without_each_event() {
        TrustModel model = new TrustModel(Policies.PRUDENT);
        promise(Party.THEM)
                .on(10, new CommitmentBecameOverdue(R, E, DUE))
                .on(40, new CommitmentKept(R, E, true, null))
                .on(41, new ContributionRecorded(R, new EntryId("E-2"), Party.THEM, "saved a week", null))
                .on(42, new InteractionLogged(R, new EntryId("E-3"), Channel.CALL, "we talked", List.of(), -2));
        LevelCourse joint = LevelCourse.beginning().with(new LevelCourse.Step(day(0), Level.JOINT_VALUE, 0));

        List<TrustModel.Explained> explained = model.explain(fold.changed(), joint, Party.THEM, day(50));

        TrustFigures figures = model.figures(evidence(), joint, Party.THEM, day(50));
        for (Strand strand : Strand.values()) {
            List<TrustModel.Share> shares = explained.stream()
                    .filter(piece -> piece.worth().strand() == strand)
                    .map(TrustModel.Explained::adds)
                    .toList();
            assertThat(shares).isNotEmpty();
            assertThat(shares.stream()
                            .mapToDouble(TrustModel.Share::evidenceFor)
                            .sum())
                    .isCloseTo(figures.strand(strand).r(), within(1e-9));
            assertThat(shares.stream()
                            .mapToDouble(TrustModel.Share::evidenceAgainst)
                            .sum())
                    .isCloseTo(figures.strand(strand).s(), within(1e-9));
        }
        for (TrustModel.Explained piece : explained) {
            EvidenceFold rebuilt = new EvidenceFold(AMSTERDAM, List.of());
            for (int position = 1; position <= told.size(); position++) {
                if (position != piece.piece().position()) {
                    rebuilt.evolve(
                            told.get(position - 1),
                            day(List.of(0, 10, 40, 41, 42).get(position - 1)),
                            position);
                }
            }
            TrustFigures without = model.figures(rebuilt.evidence().toList(), joint, Party.THEM, day(50));
            assertThat(piece.overallWithout()).isCloseTo(without.overall(), within(1e-9));
            assertThat(piece.strandWithout().trust())
                    .isCloseTo(without.strand(piece.worth().strand()).trust(), within(1e-9));
        }
    }
}
