/** Imports that go on where they were broken off: from the lines of a file to what became of each. */
@NullMarked
package dev.rapport.client.imports;

import org.jspecify.annotations.NullMarked;
