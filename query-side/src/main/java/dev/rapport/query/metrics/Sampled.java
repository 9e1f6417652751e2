package dev.rapport.query.metrics;

/** Knows numbers that have to be looked up; a bean of this type is asked to do so at an interval. */
public interface Sampled {

    /** Looks the numbers up. */
    void sample();

    /** They could not be looked up: they are told as not a number from now on, or not at all, and not as what they were. */
    void unknown();
}
