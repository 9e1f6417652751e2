package dev.rapport.query.relationship;

import dev.rapport.query.access.Viewer;
import dev.rapport.query.stakeholder.Stakeholder;

/** A relationship together with the stakeholder that it is with, as far as a viewer may see it. */
public record Told(Relationship relationship, Stakeholder stakeholder) {

    /** Whether the viewer may read what was said in its interactions. */
    public boolean interactionsReadableBy(Viewer viewer) {
        return viewer.readsInteractionsOf(relationship.managerId());
    }
}
