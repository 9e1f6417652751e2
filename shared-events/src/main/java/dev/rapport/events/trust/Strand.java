package dev.rapport.events.trust;

import dev.rapport.events.vocabulary.Level;
import java.util.EnumSet;
import java.util.Set;

/** What trust is made of; each strand is the one that a level calls for first. */
public enum Strand {
    /** They do what was agreed. */
    CONTRACTUAL(Level.TRANSACTIONAL),
    /** They have the skill to do it well. */
    COMPETENCE(Level.ADDED_VALUE),
    /** They deal fairly where nothing binds them. */
    GOODWILL(Level.JOINT_VALUE);

    private final Level calledForFrom;

    Strand(Level calledForFrom) {
        this.calledForFrom = calledForFrom;
    }

    /** The strands that a relationship at a level calls for; overall trust is their mean. */
    public static Set<Strand> calledForAt(Level level) {
        Set<Strand> strands = EnumSet.allOf(Strand.class);
        strands.removeIf(strand -> strand.calledForFrom.compareTo(level) > 0);
        return strands;
    }
}
