/** The words of the domain that events are made of: ids, kinds, levels and small values, as they are stored and said over HTTP. */
@NullMarked
package dev.rapport.events.vocabulary;

import org.jspecify.annotations.NullMarked;
