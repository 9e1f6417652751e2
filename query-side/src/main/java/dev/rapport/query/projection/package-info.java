/** Feeding the read models: batches of events become rows, in one transaction with how far the log was read. */
@NullMarked
package dev.rapport.query.projection;

import org.jspecify.annotations.NullMarked;
