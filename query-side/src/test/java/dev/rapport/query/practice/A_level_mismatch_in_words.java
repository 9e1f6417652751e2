package dev.rapport.query.practice;

import static dev.rapport.events.vocabulary.DisclosureKind.BENCHMARK;
import static dev.rapport.events.vocabulary.DisclosureKind.INVENTORY;
import static dev.rapport.events.vocabulary.DisclosureKind.INVOICES;
import static dev.rapport.events.vocabulary.DisclosureKind.ORDERS;
import static dev.rapport.events.vocabulary.DisclosureKind.STATUS;
import static dev.rapport.events.vocabulary.DisclosureKind.STRATEGY;
import static dev.rapport.events.vocabulary.Level.ADDED_VALUE;
import static dev.rapport.events.vocabulary.Level.JOINT_VALUE;
import static dev.rapport.events.vocabulary.Level.TRANSACTIONAL;
import static dev.rapport.query.practice.LevelMismatch.Disagreement.PRACTISED_ABOVE_DECLARED;
import static dev.rapport.query.practice.LevelMismatch.Disagreement.PRACTISED_BELOW_DECLARED;
import static dev.rapport.query.practice.LevelMismatch.Disagreement.STAKEHOLDER_ABOVE_DECLARED;
import static dev.rapport.query.practice.LevelMismatch.Disagreement.STAKEHOLDER_BELOW_DECLARED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.Holder;
import dev.rapport.events.vocabulary.Level;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class A_level_mismatch_in_words {

    private static final PracticePolicy STANDARD = new PracticePolicy("standard", "1", 12, 2);

    private final PracticeSentences english = new EnglishPracticeSentences();

    private static PractisedLevel practised(Set<DisclosureKind> exchanged, Set<Level> measured, Set<Holder> held) {
        return PractisedLevel.shownBy(exchanged, measured, held, STANDARD.kindsNeeded());
    }

    private String told(Level declared, Level stakeholders, PractisedLevel practised) {
        return english.mismatch(new LevelMismatch(declared, stakeholders, practised), STANDARD);
    }

    @Test
    void is_nothing_when_all_levels_are_one() {
        var levels = new LevelMismatch(TRANSACTIONAL, TRANSACTIONAL, practised(Set.of(), Set.of(), Set.of()));

        assertThat(levels.exists()).isFalse();
        assertThat(new LevelMismatch(TRANSACTIONAL, null, levels.practised()).exists())
                .isFalse();
        assertThat(english.mismatch(levels, STANDARD)).isEmpty();
    }

    @Test
    void names_what_was_exchanged_though_more_was_declared() {
        assertThat(told(JOINT_VALUE, null, practised(Set.of(STATUS, INVOICES), Set.of(), Set.of())))
                .isEqualTo("declared joint value, but only invoices and order status were exchanged in the last 12"
                        + " months");
        assertThat(told(ADDED_VALUE, null, practised(Set.of(INVENTORY), Set.of(), Set.of())))
                .isEqualTo("declared added value, but only stock on hand was exchanged in the last 12 months");
    }

    @Test
    void names_what_was_measured_and_held_after_what_was_exchanged() {
        assertThat(told(
                        JOINT_VALUE,
                        JOINT_VALUE,
                        practised(
                                Set.of(ORDERS, INVOICES, STATUS),
                                Set.of(TRANSACTIONAL, ADDED_VALUE),
                                Set.of(Holder.US, Holder.THEM))))
                .isEqualTo("declared joint value, but only orders, invoices and order status were exchanged,"
                        + " only transactional and added value indicators were measured"
                        + " and only our own objectives and their own objectives were held in the last 12 months");
    }

    @Test
    void names_only_what_falls_short() {
        assertThat(told(JOINT_VALUE, null, practised(Set.of(STRATEGY), Set.of(TRANSACTIONAL), Set.of())))
                .isEqualTo(
                        "declared joint value, but only transactional indicators were measured in the last 12 months");
    }

    @Test
    void says_that_there_was_nothing_where_there_was_nothing() {
        assertThat(told(ADDED_VALUE, null, practised(Set.of(), Set.of(), Set.of())))
                .isEqualTo("declared added value, but no information was exchanged, no indicator was measured"
                        + " and no shared objective was held in the last 12 months");
        assertThat(told(ADDED_VALUE, null, practised(Set.of(STRATEGY), Set.of(), Set.of())))
                .isEqualTo("declared added value, but no indicator was measured and no shared objective was held"
                        + " in the last 12 months");
    }

    @Test
    void names_what_went_deeper_than_declared() {
        assertThat(told(
                        TRANSACTIONAL,
                        null,
                        practised(Set.of(INVOICES, STRATEGY), Set.of(TRANSACTIONAL), Set.of(Holder.US, Holder.BOTH))))
                .isEqualTo("declared transactional, but strategy was exchanged and shared objectives were held"
                        + " in the last 12 months");
        assertThat(told(TRANSACTIONAL, null, practised(Set.of(BENCHMARK), Set.of(ADDED_VALUE), Set.of())))
                .isEqualTo(
                        "declared transactional, but benchmarks were exchanged and added value indicators were measured"
                                + " in the last 12 months");
    }

    @Test
    void tells_how_the_stakeholder_sees_it() {
        PractisedLevel addedValue = practised(Set.of(BENCHMARK), Set.of(ADDED_VALUE), Set.of());

        assertThat(told(ADDED_VALUE, TRANSACTIONAL, addedValue))
                .isEqualTo("we run it as added value, but the stakeholder sees it as transactional");
        assertThat(told(ADDED_VALUE, JOINT_VALUE, addedValue))
                .isEqualTo("we run it as added value, but the stakeholder sees it as joint value");
    }

    @Test
    void tells_both_when_both_disagree() {
        var levels = new LevelMismatch(JOINT_VALUE, TRANSACTIONAL, practised(Set.of(INVOICES), Set.of(), Set.of()));

        assertThat(english.mismatch(levels, STANDARD))
                .isEqualTo("declared joint value, but only invoices were exchanged in the last 12 months;"
                        + " we run it as joint value, but the stakeholder sees it as transactional");
        assertThat(levels.disagreements()).containsExactly(PRACTISED_BELOW_DECLARED, STAKEHOLDER_BELOW_DECLARED);
    }

    @Test
    void is_a_list_of_disagreements_for_machines() {
        PractisedLevel joint = practised(Set.of(STRATEGY), Set.of(JOINT_VALUE), Set.of());

        assertThat(new LevelMismatch(ADDED_VALUE, JOINT_VALUE, joint).disagreements())
                .containsExactly(PRACTISED_ABOVE_DECLARED, STAKEHOLDER_ABOVE_DECLARED);
        assertThat(new LevelMismatch(JOINT_VALUE, ADDED_VALUE, joint).disagreements())
                .containsExactly(STAKEHOLDER_BELOW_DECLARED);
    }

    @Test
    void names_the_months_of_the_policy() {
        var levels = new LevelMismatch(ADDED_VALUE, null, practised(Set.of(INVOICES), Set.of(), Set.of()));

        assertThat(english.mismatch(levels, new PracticePolicy("brief", "1", 1, 2)))
                .isEqualTo("declared added value, but only invoices were exchanged in the last month");
    }

    @Test
    void has_a_word_for_every_kind_of_information() {
        assertThat(Stream.of(DisclosureKind.values())
                        .map(kind -> english.detail(
                                KindOfEvidence.INFORMATION_EXCHANGED, practised(Set.of(kind), Set.of(), Set.of()))))
                .doesNotHaveDuplicates()
                .allMatch(word -> word.matches("[a-z ]+"));
    }
}
