/** Decides what we know stakeholders by. */
@NullMarked
package dev.rapport.command.stakeholder;

import org.jspecify.annotations.NullMarked;
