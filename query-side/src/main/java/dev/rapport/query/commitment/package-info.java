/** The promises of both parties, over one relationship or all. */
@NullMarked
package dev.rapport.query.commitment;

import org.jspecify.annotations.NullMarked;
