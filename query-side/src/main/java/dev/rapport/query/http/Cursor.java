package dev.rapport.query.http;

/** The place in a list after which the next page begins: the keys of the last row shown. */
public record Cursor(String key, String tie) {}
