package dev.rapport.command.relationship;

import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import java.util.Optional;

/**
 * Keeps the rule that no single relationship can keep: one active relationship per registered stakeholder. Claims and releases belong to
 * the transaction of the events that they come with.
 */
public interface ActiveRelationships {

    /**
     * Makes the relationship the stakeholder's active one.
     *
     * @throws dev.rapport.command.Refusal when the stakeholder is unknown or has another active relationship
     */
    void claim(StakeholderId stakeholder, RelationshipId relationship);

    /** Leaves the stakeholder without an active relationship. */
    void release(StakeholderId stakeholder);

    /** Who manages the stakeholder's active relationship now; nobody while it has none. */
    Optional<ManagerId> managerOf(StakeholderId stakeholder);
}
