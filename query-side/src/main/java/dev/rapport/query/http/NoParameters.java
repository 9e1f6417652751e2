package dev.rapport.query.http;

/** For a query that takes no parameters, so that one is refused like any other unknown one. */
public record NoParameters() {}
