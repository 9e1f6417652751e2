package dev.rapport.events.storage;

/** Neighbouring streams, in the order of their names, and how many events they have. */
public record StreamRange(String first, String last, long events) {}
