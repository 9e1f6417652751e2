package dev.rapport.benchmark.rapport;

import dev.rapport.benchmark.subject.Run;
import dev.rapport.command.Caller;
import dev.rapport.command.Caller.Role;
import dev.rapport.command.dispatch.Answer.Accepted;
import dev.rapport.command.dispatch.Answer.Given;
import dev.rapport.command.imports.ImportListener;
import dev.rapport.command.imports.ImportSummary;
import dev.rapport.command.imports.Importer;
import java.io.IOException;

/** Imports files in process, one after the other. */
final class Imports {

    private static final int FIRST = 1_000_000;

    private final Importer importer;
    private int next = FIRST;

    Imports(Importer importer) {
        this.importer = importer;
    }

    /** Imports for a while; every line is a step. */
    Run run(long nanos) throws IOException {
        long begin = System.nanoTime();
        ImportFile file = new ImportFile(next, begin + nanos);
        AllAccepted listener = new AllAccepted();
        importer.run(file, new Caller("head", Role.HEAD_OF_RELATIONSHIPS), listener);
        next = file.next();
        return new Run(listener.accepted, System.nanoTime() - begin, 0, 0);
    }

    /** Every line is good, or what is measured is something else. */
    private static final class AllAccepted implements ImportListener {

        private long accepted;

        @Override
        public void decided(long line, Given given) {
            if (!(given.answer() instanceof Accepted) || given.replayed()) {
                throw new IllegalStateException("line " + line + ": " + given);
            }
            accepted++;
        }

        @Override
        public void failed(long line, Exception failure) {
            throw new IllegalStateException("line " + line, failure);
        }

        @Override
        public void finished(ImportSummary summary) {
            if (summary.accepted() != accepted) {
                throw new IllegalStateException("not what was told: " + summary);
            }
        }
    }
}
