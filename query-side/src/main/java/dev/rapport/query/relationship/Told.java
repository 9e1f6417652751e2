package dev.rapport.query.relationship;

import dev.rapport.query.access.Viewer;
import dev.rapport.query.entry.Alignment;
import dev.rapport.query.evidence.TrustStanding;
import dev.rapport.query.practice.LevelMismatch;
import dev.rapport.query.practice.Practice;
import dev.rapport.query.practice.PracticeWindow;
import dev.rapport.query.stakeholder.Stakeholder;
import org.jspecify.annotations.Nullable;

/**
 * A relationship together with the stakeholder that it is with, as far as a viewer may see it.
 *
 * @param alignment by the latest assessment, if there was one
 */
public record Told(
        Relationship relationship,
        Stakeholder stakeholder,
        Practice practice,
        TrustStanding trust,
        @Nullable Alignment alignment) {

    /** Whether the viewer may read what was said in its interactions. */
    public boolean interactionsReadableBy(Viewer viewer) {
        return viewer.readsInteractionsOf(relationship.managerId());
    }

    /** Its levels, with the one that is practised by the evidence of a window. */
    public LevelMismatch levels(PracticeWindow window) {
        return relationship.levels().against(practice.in(window));
    }
}
