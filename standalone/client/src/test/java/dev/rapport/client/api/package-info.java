@NullMarked
package dev.rapport.client.api;

import org.jspecify.annotations.NullMarked;
