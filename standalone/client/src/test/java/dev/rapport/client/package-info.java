@NullMarked
package dev.rapport.client;

import org.jspecify.annotations.NullMarked;
