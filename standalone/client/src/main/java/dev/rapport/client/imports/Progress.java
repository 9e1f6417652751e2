package dev.rapport.client.imports;

/** Hears how far an import is. */
public interface Progress {

    /**
     * So many items are dealt with.
     *
     * @param bytes of the file that they are
     * @param size of the file
     */
    void at(Counts counts, long bytes, long size);

    /** Something that whoever waits should know. */
    void say(String words);
}
