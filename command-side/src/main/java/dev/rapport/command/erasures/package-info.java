/** Forgetting people: what an operator asks for, what becomes of it, and the record that stays. */
@NullMarked
package dev.rapport.command.erasures;

import org.jspecify.annotations.NullMarked;
