/** Files that a first start makes and that nobody but their owner is to read; plain Java, for both sides and the door. */
@NullMarked
package dev.rapport.events.secret;

import org.jspecify.annotations.NullMarked;
