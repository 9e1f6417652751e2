package dev.rapport.events.vocabulary;

/**
 * How an interaction took place.
 */
public enum Channel {
    MEETING,
    CALL,
    EMAIL,
    VISIT,
    EVENT,
    OTHER
}
