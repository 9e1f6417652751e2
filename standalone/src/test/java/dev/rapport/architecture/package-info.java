/** The walls of the house: which room may know of which, and what no class may do. */
@NullMarked
package dev.rapport.architecture;

import org.jspecify.annotations.NullMarked;
