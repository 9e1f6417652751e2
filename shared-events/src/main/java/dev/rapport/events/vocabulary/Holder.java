package dev.rapport.events.vocabulary;

/**
 * Who holds an objective; {@code BOTH} makes it a shared one.
 */
public enum Holder {
    US,
    THEM,
    BOTH
}
