/** The practised level and its words, without a database. */
package dev.rapport.query.practice;
