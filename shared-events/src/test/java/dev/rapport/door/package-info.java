@NullMarked
package dev.rapport.door;

import org.jspecify.annotations.NullMarked;
