package dev.rapport.query.rebuild;

/** Whether the work on a rebuild may go on: asked between any two steps that must not be torn apart. */
@FunctionalInterface
interface Watch {

    /** Throws {@link Stopped} when it may not. */
    void check();

    /** The work ends here, for this node at least. */
    final class Stopped extends RuntimeException {
        Stopped(String why) {
            super(why);
        }
    }
}
