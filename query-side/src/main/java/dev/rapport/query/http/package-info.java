/** What all queries have in common over HTTP: parameters, pages, consistency tokens and problems. */
@NullMarked
package dev.rapport.query.http;

import org.jspecify.annotations.NullMarked;
