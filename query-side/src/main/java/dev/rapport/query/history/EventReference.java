package dev.rapport.query.history;

/** Which event is meant: its position in the log, its version in its relationship, its id and its type. */
public record EventReference(long position, long version, String eventId, String type) {}
