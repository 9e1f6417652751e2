/**
 * How events are stored and read: the names and the form that they are stored in, the table that they are appended to, and the log
 * that everybody follows. The only package of the published language that knows Axon's storage, Jackson's databind and JDBC.
 */
@NullMarked
package dev.rapport.events.storage;

import org.jspecify.annotations.NullMarked;
