/**
 * From a command to its one answer: with the circumstances it is given under, once for each idempotency key, tried again when another
 * writer was faster.
 */
@NullMarked
package dev.rapport.command.dispatch;

import org.jspecify.annotations.NullMarked;
