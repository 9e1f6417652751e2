/** What all relationships together show. */
@NullMarked
package dev.rapport.query.reports;

import org.jspecify.annotations.NullMarked;
