package dev.rapport.command.imports;

import dev.rapport.command.Caller;
import dev.rapport.command.Circumstances;
import dev.rapport.command.Refusal;
import dev.rapport.command.dispatch.Answer.Accepted;
import dev.rapport.command.dispatch.Answer.Given;
import dev.rapport.command.dispatch.Answer.Refused;
import dev.rapport.command.dispatch.CommandDispatcher;
import dev.rapport.command.dispatch.CommandDispatcher.Order;
import dev.rapport.command.dispatch.CommandDispatcher.Outcome;
import dev.rapport.command.dispatch.CommandDispatcher.Outcome.Decided;
import dev.rapport.command.dispatch.CommandDispatcher.Outcome.Failed;
import dev.rapport.command.dispatch.ReceiptKey;
import dev.rapport.command.imports.Lines.Line;
import dev.rapport.command.intake.CommandIntake;
import dev.rapport.command.intake.CommandIntake.Taken;
import dev.rapport.command.intake.MalformedCommand;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gives the commands of a file, in order. A line refused stops nothing; a line that took effect before, whenever that was, is not given
 * again: its content is its key. Lines that are there are committed together, however many of them; nobody who sends one line and waits for
 * its answer waits for the next.
 */
public final class Importer {

    /** The longest line, in bytes. */
    public static final int LONGEST_LINE = 1 << 20;

    /** The most lines that are committed together, which is also what has to be decided again, line by line, when they cannot be. */
    static final int MOST_LINES = 500;

    /** After so many bytes no further line is added, so that what is held in memory is bounded. */
    private static final int ENOUGH_BYTES = 1 << 20;

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
     * @param in read to its end, some lines in memory at a time
     * @throws ImportBrokenOff when {@code in} can't be read any further; what was decided until then stays decided
     * @throws IOException when the listener can't be told
     */
    public void run(InputStream in, Caller caller, ImportListener listener) throws IOException {
        Lines lines = new Lines(in, LONGEST_LINE);
        Run run = new Run(caller, listener);
        List<Line> some = run.next(lines);
        while (!some.isEmpty()) {
            run.decide(some);
            some = run.next(lines);
        }
        run.finish();
    }

    /** At least one line, unless there are no more; and others, if they are there. */
    private static List<Line> next(Lines lines) throws IOException {
        List<Line> some = new ArrayList<>();
        int bytes = 0;
        while (some.isEmpty() || (some.size() < MOST_LINES && bytes < ENOUGH_BYTES && lines.isMoreThere())) {
            Line line = lines.next();
            if (line == null) {
                break;
            }
            if (!line.isBlank()) {
                some.add(line);
                bytes += line.content() == null ? 0 : line.content().length;
            }
        }
        return some;
    }

    private sealed interface TakenIn {}

    private record Understood(long line, Order order) implements TakenIn {}

    private record NotUnderstood(long line, RuntimeException reason) implements TakenIn {}

    /** One import, and how far it is. */
    private final class Run {

        private final Caller caller;
        private final ImportListener listener;
        private final PastDue pastDue;
        private long count;
        private long accepted;
        private long repeated;

        Run(Caller caller, ImportListener listener) {
            this.caller = caller;
            this.listener = listener;
            this.pastDue = new PastDue(dispatcher, caller, clock);
        }

        List<Line> next(Lines lines) throws ImportBrokenOff {
            try {
                return Importer.next(lines);
            } catch (IOException unreadable) {
                throw new ImportBrokenOff(summary(), unreadable);
            }
        }

        void decide(List<Line> lines) throws IOException {
            count += lines.size();
            List<TakenIn> taken = lines.stream().map(this::takeIn).toList();
            Iterator<Outcome> outcomes = dispatcher
                    .dispatchTogether(taken.stream()
                            .mapMulti((TakenIn line, Consumer<Order> orders) -> {
                                if (line instanceof Understood understood) {
                                    orders.accept(understood.order);
                                }
                            })
                            .toList())
                    .iterator();
            for (TakenIn line : taken) {
                switch (line) {
                    case Understood(long number, Order order) -> tell(number, order, outcomes.next());
                    case NotUnderstood(long number, Refusal refusal) ->
                        listener.decided(number, Given.now(Refused.of(refusal)));
                    case NotUnderstood(long number, RuntimeException reason) -> listener.failed(number, reason);
                }
            }
        }

        private TakenIn takeIn(Line line) {
            try {
                if (line.content() == null) {
                    throw MalformedCommand.asAWhole("the line has more than " + LONGEST_LINE + " bytes");
                }
                Taken taken = intake.takeIn(line.content());
                return new Understood(
                        line.number(),
                        new Order(
                                taken.command(),
                                new Circumstances(caller, taken.occurredAt(), taken.receivedAt(), null, true),
                                ReceiptKey.ofContent(taken.fingerprint())));
            } catch (RuntimeException reason) {
                return new NotUnderstood(line.number(), reason);
            }
        }

        private void tell(long number, Order order, Outcome outcome) throws IOException {
            switch (outcome) {
                case Decided(Given given) -> {
                    if (given.answer() instanceof Accepted) {
                        accepted += given.replayed() ? 0 : 1;
                        repeated += given.replayed() ? 1 : 0;
                        pastDue.consider(order.command());
                    }
                    listener.decided(number, given);
                }
                case Failed(RuntimeException failure) -> listener.failed(number, failure);
            }
        }

        void finish() throws IOException {
            pastDue.noteAll();
            listener.finished(summary());
        }

        private ImportSummary summary() {
            return new ImportSummary(count, accepted, repeated, count - accepted - repeated);
        }
    }
}
