/** Rapport's interface as it is spoken: who asks, what is answered, and what a problem says. */
@NullMarked
package dev.rapport.client.http;

import org.jspecify.annotations.NullMarked;
