/** Rows of CSV as CRMs export it, and the mappings that make commands of them. */
@NullMarked
package dev.rapport.client.csv;

import org.jspecify.annotations.NullMarked;
