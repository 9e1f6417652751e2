/** JSON as values, strictly read and written as short as can be. */
@NullMarked
package dev.rapport.client.json;

import org.jspecify.annotations.NullMarked;
