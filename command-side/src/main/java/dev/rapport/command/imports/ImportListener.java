package dev.rapport.command.imports;

import dev.rapport.command.dispatch.Answer.Given;
import java.io.IOException;

/** Hears what became of each line of an import, in order, and of the import as a whole at its end. */
public interface ImportListener {

    void decided(long line, Given given) throws IOException;

    void failed(long line, Exception failure) throws IOException;

    void finished(ImportSummary summary) throws IOException;
}
