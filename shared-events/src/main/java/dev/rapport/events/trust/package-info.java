/**
 * The trust model: which events are evidence, of what and about whom, and what evidence adds up to at a time. Plain arithmetic, without
 * framework, clock or storage, so that both sides compute the same digits: the live projection, queries over time, what-if, a decision to
 * upgrade, and the auditor who checks it.
 */
@NullMarked
package dev.rapport.events.trust;

import org.jspecify.annotations.NullMarked;
