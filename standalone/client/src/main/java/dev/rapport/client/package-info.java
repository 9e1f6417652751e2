/** The commands of the command line: what is typed, what is told, and how it ends. */
@NullMarked
package dev.rapport.client;

import org.jspecify.annotations.NullMarked;
