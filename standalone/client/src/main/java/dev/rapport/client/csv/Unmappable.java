package dev.rapport.client.csv;

/** A cell that does not become what its field wants. */
final class Unmappable extends Exception {

    Unmappable(String words) {
        super(words);
    }
}
