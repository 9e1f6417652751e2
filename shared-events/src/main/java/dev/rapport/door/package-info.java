/**
 * What stands in front of each side, whatever process it runs in: who calls, which operations their roles open, how much one caller may ask
 * for, what is answered where nobody answers, and how a process of its own is started.
 */
@NullMarked
package dev.rapport.door;

import org.jspecify.annotations.NullMarked;
