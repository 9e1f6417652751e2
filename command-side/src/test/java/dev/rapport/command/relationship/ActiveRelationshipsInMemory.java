package dev.rapport.command.relationship;

import dev.rapport.command.Refusal;
import dev.rapport.command.Refusal.Reason;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rule of one active relationship per registered stakeholder, kept in a map. */
final class ActiveRelationshipsInMemory implements ActiveRelationships {

    private final Set<StakeholderId> registered = new HashSet<>();
    private final Map<StakeholderId, RelationshipId> active = new HashMap<>();

    void register(StakeholderId stakeholder) {
        registered.add(stakeholder);
    }

    void clear() {
        registered.clear();
        active.clear();
    }

    @Nullable
    RelationshipId activeOf(StakeholderId stakeholder) {
        return active.get(stakeholder);
    }

    @Override
    public void claim(StakeholderId stakeholder, RelationshipId relationship) {
        if (!registered.contains(stakeholder)) {
            throw new Refusal(Reason.NOT_FOUND, "there is no stakeholder " + stakeholder);
        }
        if (active.putIfAbsent(stakeholder, relationship) != null) {
            throw new Refusal(Reason.STAKEHOLDER_HAS_RELATIONSHIP, "stakeholder " + stakeholder + " has one");
        }
    }

    @Override
    public void release(StakeholderId stakeholder) {
        active.remove(stakeholder);
    }

    @Override
    public Optional<ManagerId> managerOf(StakeholderId stakeholder) {
        throw new UnsupportedOperationException("relationships know their managers themselves");
    }
}
