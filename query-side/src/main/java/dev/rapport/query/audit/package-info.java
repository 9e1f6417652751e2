/** The audit area: what is stored, what was known and true at any time, what changed it, and who looked. */
@NullMarked
package dev.rapport.query.audit;

import org.jspecify.annotations.NullMarked;
