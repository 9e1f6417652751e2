/** Many commands in one stream: taken in line by line, answered line by line, each once. */
@NullMarked
package dev.rapport.command.imports;

import org.jspecify.annotations.NullMarked;
