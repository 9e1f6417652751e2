@NullMarked
package dev.rapport.query.seal;

import org.jspecify.annotations.NullMarked;
