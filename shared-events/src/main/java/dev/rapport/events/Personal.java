package dev.rapport.events;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field that tells of people: a person's name, or a text that somebody wrote in words of their own and that may name anybody. It is
 * stored encrypted, under a key of what the field belongs to; when that key is destroyed, the field is {@link #ERASED} for good,
 * and everything else that the event says stays.
 *
 * <p>Not personal, by the same rule, are ids, what is chosen from a list, numbers and days, and the labels that things are grouped and
 * measured by.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD})
public @interface Personal {

    /** What is read in the place of a text whose key was destroyed. */
    String ERASED = "[erased]";

    /** What the key belongs to that the field is encrypted with. */
    KeyOf value();

    /** Whose keys there are: what is destroyed as a whole when somebody is to be forgotten. */
    enum KeyOf {
        /** The entry that the event is about: all that was ever written about it. */
        ENTRY,
        /** The event alone, which is about the relationship as a whole. */
        EVENT,
        /** The stakeholder, who may be a person. */
        STAKEHOLDER,
        /** The person of this name in this relationship; each of them, in a list of names. */
        PERSON
    }
}
