/**
 * What can go wrong, in the words that every answer of Rapport uses for it, and what keeps a process from starting, in words for whoever
 * runs it; plain Java, so that both sides tell the same.
 */
@NullMarked
package dev.rapport.events.problem;

import org.jspecify.annotations.NullMarked;
