/** The read database: its connection, its schema, and how values are kept in it. */
@NullMarked
package dev.rapport.query.database;

import org.jspecify.annotations.NullMarked;
