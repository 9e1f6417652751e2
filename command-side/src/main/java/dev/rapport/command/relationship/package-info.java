/** Decides what may happen in a relationship: its commands, its rules, and the aggregate that keeps them. */
@NullMarked
package dev.rapport.command.relationship;

import org.jspecify.annotations.NullMarked;
