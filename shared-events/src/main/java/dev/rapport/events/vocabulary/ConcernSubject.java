package dev.rapport.events.vocabulary;

/**
 * What a concern is about.
 */
public enum ConcernSubject {
    QUALITY,
    FAIRNESS,
    OPENNESS,
    OTHER
}
