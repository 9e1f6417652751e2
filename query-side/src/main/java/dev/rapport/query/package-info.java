/** The side that tells: events become read models, read models answer queries. */
@NullMarked
package dev.rapport.query;

import org.jspecify.annotations.NullMarked;
