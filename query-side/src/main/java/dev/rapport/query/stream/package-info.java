/** The events of the log as they are recorded, told, for whoever follows them: as a feed, and over HTTP as server-sent events. */
@NullMarked
package dev.rapport.query.stream;

import org.jspecify.annotations.NullMarked;
