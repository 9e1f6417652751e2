/** What the peers' HTTP has in common: requests of the same form as Rapport's, behind HTTP Basic. */
@NullMarked
package dev.rapport.benchmark.http;

import org.jspecify.annotations.NullMarked;
