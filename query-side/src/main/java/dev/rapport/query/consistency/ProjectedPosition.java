package dev.rapport.query.consistency;

/** How far the read models have come with the log as a whole. */
@FunctionalInterface
public interface ProjectedPosition {

    /**
     * The positions between which the read models are: of several segments, one may be ahead of another.
     *
     * @param complete every event up to this position is shown
     * @param latest no event after this position is shown
     */
    record Reached(long complete, long latest) {

        public static final Reached NOTHING = new Reached(0, 0);
    }

    /** As the current transaction sees it. */
    Reached reached();
}
