package dev.rapport.events.vocabulary;

/**
 * A policy that something was judged or scored by: its name, and which version of it.
 */
public record PolicyVersion(String name, String version) {}
