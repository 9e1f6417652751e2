package dev.rapport.events.vocabulary;

/**
 * What an indicator's owner requires of the other party: the first four as its supplier, the last four as its
 * customer.
 */
public enum Requirement {
    PROFIT,
    GROWTH,
    OPINION,
    TRUST,
    FAST,
    RIGHT,
    CHEAP,
    EASY
}
