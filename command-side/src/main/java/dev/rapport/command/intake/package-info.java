/** From JSON to a command, in one way for all commands, whether it comes as a request's body or as a line of an import. */
@NullMarked
package dev.rapport.command.intake;

import org.jspecify.annotations.NullMarked;
