package dev.rapport.events.vocabulary;

/**
 * The name and version of the policy that the criteria of an upgrade were judged by.
 */
public record CriteriaPolicy(String name, String version) {}
