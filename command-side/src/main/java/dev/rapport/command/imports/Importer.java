package dev.rapport.command.imports;

import dev.rapport.command.Caller;
import dev.rapport.command.Circumstances;
import dev.rapport.command.Refusal;
import dev.rapport.command.dispatch.Answer.Accepted;
import dev.rapport.command.dispatch.Answer.Given;
import dev.rapport.command.dispatch.Answer.Refused;
import dev.rapport.command.dispatch.CommandDispatcher;
import dev.rapport.command.dispatch.ReceiptKey;
import dev.rapport.command.imports.Lines.Line;
import dev.rapport.command.intake.CommandIntake;
import dev.rapport.command.intake.CommandIntake.Taken;
import dev.rapport.command.intake.MalformedCommand;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;

/**
 * Gives the commands of a file, in order. A line refused stops nothing; a line that took effect before, whenever that was, is not given
 * again: its content is its key.
 */
public final class Importer {

    /** The longest line, in bytes. */
    public static final int LONGEST_LINE = 1 << 20;

    private final CommandIntake intake;
    private final CommandDispatcher dispatcher;
    private final Clock clock;

    public Importer(CommandIntake intake, CommandDispatcher dispatcher, Clock clock) {
        this.intake = intake;
        this.dispatcher = dispatcher;
        this.clock = clock;
    }

    /**
     * Imports NDJSON, a command a line.
     *
     * @param in read to its end, one line in memory at a time
     * @throws IOException when {@code in} can't be read or the listener can't be told; what was decided until then stays decided
     */
    public void run(InputStream in, Caller caller, ImportListener listener) throws IOException {
        Lines lines = new Lines(in, LONGEST_LINE);
        PastDue pastDue = new PastDue(dispatcher, caller, clock);
        long count = 0;
        long accepted = 0;
        long repeated = 0;
        for (Line line = lines.next(); line != null; line = lines.next()) {
            if (line.isBlank()) {
                continue;
            }
            count++;
            try {
                Taken taken = takeIn(line);
                Given given = dispatch(taken, caller);
                if (given.answer() instanceof Accepted) {
                    accepted += given.replayed() ? 0 : 1;
                    repeated += given.replayed() ? 1 : 0;
                    pastDue.consider(taken.command());
                }
                listener.decided(line.number(), given);
            } catch (Refusal refusal) {
                listener.decided(line.number(), Given.now(Refused.of(refusal)));
            } catch (RuntimeException failure) {
                listener.failed(line.number(), failure);
            }
        }
        pastDue.noteAll();
        listener.finished(new ImportSummary(count, accepted, repeated, count - accepted - repeated));
    }

    private Taken takeIn(Line line) {
        if (line.content() == null) {
            throw MalformedCommand.asAWhole("the line has more than " + LONGEST_LINE + " bytes");
        }
        return intake.takeIn(line.content());
    }

    private Given dispatch(Taken taken, Caller caller) {
        Circumstances circumstances = new Circumstances(caller, taken.occurredAt(), taken.receivedAt(), null, true);
        return dispatcher.dispatch(taken.command(), circumstances, ReceiptKey.ofContent(taken.fingerprint()));
    }
}
