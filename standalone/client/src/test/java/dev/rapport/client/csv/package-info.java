@NullMarked
package dev.rapport.client.csv;

import org.jspecify.annotations.NullMarked;
