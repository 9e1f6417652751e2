/** How a command ends when it can't do what was asked. */
@NullMarked
package dev.rapport.client.failure;

import org.jspecify.annotations.NullMarked;
