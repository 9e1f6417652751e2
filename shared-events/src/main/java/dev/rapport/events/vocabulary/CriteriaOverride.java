package dev.rapport.events.vocabulary;

import dev.rapport.events.Personal;
import dev.rapport.events.Personal.KeyOf;
import java.util.List;

/**
 * Why a head of relationships upgraded a relationship that did not meet every criterion, and which were unmet.
 */
public record CriteriaOverride(@Personal(KeyOf.EVENT) String reason, List<Unmet> unmet) {

    public CriteriaOverride {
        unmet = List.copyOf(unmet);
    }

    /** A criterion that was not met, by its name, and what was missing in words. */
    public record Unmet(String criterion, String detail) {}
}
