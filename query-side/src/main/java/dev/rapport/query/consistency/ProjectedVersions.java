package dev.rapport.query.consistency;

import dev.rapport.events.StreamName;

/** How far the read models have come with each stream. */
@FunctionalInterface
public interface ProjectedVersions {

    /** The version that the read models show, 0 when they do not know the stream. */
    long of(StreamName stream);
}
