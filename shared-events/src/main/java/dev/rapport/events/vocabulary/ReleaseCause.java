package dev.rapport.events.vocabulary;

/** Why a party no longer has to keep its promise. */
public enum ReleaseCause {
    /** The other party let it off. */
    LET_OFF,
    /** The relationship ended, and with it all that was open. */
    RELATIONSHIP_ENDED
}
