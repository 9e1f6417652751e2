package dev.rapport.events.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.InteractionLogged;
import dev.rapport.events.RelationshipUpgraded;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.PolicyVersion;
import dev.rapport.events.vocabulary.RelationshipId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which level was in force when. */
class The_course_of_levels {

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final RelationshipId R = new RelationshipId("R-1");

    @Test
    void goes_on_by_events_that_change_the_level_and_by_no_others() {
        LevelCourse begun = LevelCourse.beginning();
        LevelCourse talked = begun.after(
                new InteractionLogged(R, new EntryId("E-1"), Channel.CALL, "we talked", List.of(), null), THEN, 1);
        assertThat(talked).isEqualTo(begun);
        LevelCourse upgraded = talked.after(
                new RelationshipUpgraded(
                        R,
                        Level.TRANSACTIONAL,
                        Level.ADDED_VALUE,
                        "they deliver",
                        new PolicyVersion("usual", "1"),
                        null,
                        null),
                THEN,
                2);
        assertThat(upgraded.at(THEN)).isEqualTo(Level.ADDED_VALUE);
        assertThat(upgraded.at(THEN.minusNanos(1))).isEqualTo(Level.TRANSACTIONAL);
    }
}
