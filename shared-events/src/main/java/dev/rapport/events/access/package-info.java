/** Who may do what: the roles, and every operation of the API with the roles that may carry it out. Plain Java, the same for both sides. */
@NullMarked
package dev.rapport.events.access;

import org.jspecify.annotations.NullMarked;
