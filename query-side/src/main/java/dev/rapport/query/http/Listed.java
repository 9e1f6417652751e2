package dev.rapport.query.http;

/** An item of a list, with the cursor that a page after it begins at. */
public record Listed<T>(T item, Cursor cursor) {}
