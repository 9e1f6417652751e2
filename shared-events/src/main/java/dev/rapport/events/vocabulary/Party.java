package dev.rapport.events.vocabulary;

/**
 * Who gives, promises, shares or raises something: everything that flows in a relationship has one.
 */
public enum Party {
    US,
    THEM;

    public Party other() {
        return this == US ? THEM : US;
    }
}
