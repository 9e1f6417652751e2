package dev.rapport.events.storage;

import dev.rapport.events.Personal.KeyOf;

/** Closes the personal texts of an event on their way into the log, one after the other. */
interface Enclosing {

    /** What stands in the place of a text. */
    String enclosed(KeyOf keyOf, String text);
}
