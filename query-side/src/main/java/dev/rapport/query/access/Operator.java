package dev.rapport.query.access;

/** Who runs Rapport, and gets to see no business data by that. */
public record Operator(String subject) {}
