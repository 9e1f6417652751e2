package dev.rapport.command.imports;

import java.io.IOException;

/** An import came to no end of its own: what it is read from failed. What was decided until then stays decided. */
public final class ImportBrokenOff extends IOException {

    private static final long serialVersionUID = 1;

    private final transient ImportSummary soFar;

    ImportBrokenOff(ImportSummary soFar, IOException cause) {
        super("broken off after " + soFar.lines() + " lines", cause);
        this.soFar = soFar;
    }

    /** What became of the lines that were decided. */
    public ImportSummary soFar() {
        return soFar;
    }
}
