package dev.rapport.events.vocabulary;

/**
 * What an entry of a relationship is.
 */
public enum EntryKind {
    INTERACTION,
    COMMITMENT,
    DISCLOSURE,
    OBJECTIVE,
    EXPECTATION,
    CONTRIBUTION,
    INDICATOR,
    MEASUREMENT,
    ALIGNMENT_ASSESSMENT,
    VALUES_ASSESSMENT,
    DEPENDENCY_ASSESSMENT,
    CONCERN
}
