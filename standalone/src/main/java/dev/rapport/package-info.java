/** Rapport as one program: both sides in one JVM, on an embedded database, for the first look and for a team. */
@NullMarked
package dev.rapport;

import org.jspecify.annotations.NullMarked;
