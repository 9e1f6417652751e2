/** Commands over HTTP: where each is posted to, and what its outcome answers. */
@NullMarked
package dev.rapport.command.http;

import org.jspecify.annotations.NullMarked;
