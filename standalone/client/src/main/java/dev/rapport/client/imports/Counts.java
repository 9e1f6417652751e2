package dev.rapport.client.imports;

/**
 * What became of the items of a file so far.
 *
 * @param accepted commands that took effect
 * @param repeated commands that had taken effect before, in this import or another one
 * @param refused commands that Rapport refused
 * @param unusable what could not become a command
 * @param passedOver what was not meant to
 */
public record Counts(long accepted, long repeated, long refused, long unusable, long passedOver) {

    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    /** How many items these are. */
    public long items() {
        return accepted + repeated + refused + unusable + passedOver;
    }

    /** Whether something was left out that was meant to be imported. */
    public boolean hasLeftOut() {
        return refused + unusable > 0;
    }

    Counts with(Counts more) {
        return new Counts(
                accepted + more.accepted,
                repeated + more.repeated,
                refused + more.refused,
                unusable + more.unusable,
                passedOver + more.passedOver);
    }

    static Counts oneAccepted() {
        return new Counts(1, 0, 0, 0, 0);
    }

    static Counts oneRepeated() {
        return new Counts(0, 1, 0, 0, 0);
    }

    static Counts oneRefused() {
        return new Counts(0, 0, 1, 0, 0);
    }

    static Counts oneUnusable() {
        return new Counts(0, 0, 0, 1, 0);
    }

    static Counts onePassedOver() {
        return new Counts(0, 0, 0, 0, 1);
    }
}
