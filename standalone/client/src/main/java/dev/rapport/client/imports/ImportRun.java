package dev.rapport.client.imports;

import static dev.rapport.client.failure.Exit.FILE;
import static dev.rapport.client.failure.Exit.UNREACHABLE;

import dev.rapport.client.failure.ClientFailure;
import dev.rapport.client.http.ImportConnection;
import dev.rapport.client.http.ImportConnection.Refused;
import dev.rapport.client.http.RapportApi;
import dev.rapport.client.http.Refusal;
import dev.rapport.client.imports.Item.Command;
import dev.rapport.client.imports.Item.PassedOver;
import dev.rapport.client.imports.Item.Unusable;
import dev.rapport.client.json.Json;
import dev.rapport.client.json.Json.MalformedJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An import, from wherever the last run left it to its end. All of a file goes through one request if it can, since Rapport waits for
 * an import's end before it takes a promise of the past for overdue. When the request breaks off, another one begins with the first command
 * that was not answered; that it may have taken effect does no harm, it is told to be repeated then.
 */
public final class ImportRun {

    /** So many items may wait for an answer, and so many bytes of them. */
    private static final int MOST_WAITING = 20_000;

    private static final long MOST_BYTES_WAITING = 1 << 24;

    /** Who has sent all that may wait and hears nothing for so long ends the request: a proxy may be holding it back until then. */
    private static final Duration LONGEST_HELD_BACK = Duration.ofSeconds(5);

    private static final Duration BETWEEN_ENTRIES = Duration.ofSeconds(1);
    private static final int UNAVAILABLE = 503;
    private static final int TOO_MANY_REQUESTS = 429;

    private final RapportApi rapport;
    private final Source source;
    private final Journal journal;
    private final RefusalReport report;
    private final Progress progress;
    private final String caller;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition answered = lock.newCondition();
    private final Deque<Waiting> window = new ArrayDeque<>();
    private long bytesWaiting;
    private Trail read;
    private Trail dealtWith;
    private Counts counts;
    private long lastEntry = System.nanoTime();

    /** An item, and the trail up to it. */
    private record Waiting(Item item, Trail trail) {

        int bytes() {
            return item instanceof Command command ? command.line().length : 0;
        }
    }

    private ImportRun(
            RapportApi rapport,
            Source source,
            Journal journal,
            RefusalReport report,
            Progress progress,
            String caller,
            Counts counts,
            Trail trail) {
        this.rapport = rapport;
        this.source = source;
        this.journal = journal;
        this.report = report;
        this.progress = progress;
        this.caller = caller;
        this.counts = counts;
        this.read = trail;
        this.dealtWith = trail;
    }

    /**
     * What became of a file.
     *
     * @param report of what was left out, closed
     */
    public record Outcome(Counts counts, RefusalReport report) {}

    /**
     * Imports a file, or the rest of it.
     *
     * @param journalFile where it is kept how far the import is
     * @param anew to begin again whatever the journal says
     * @throws ClientFailure when it can't go on
     */
    public static Outcome run(
            RapportApi rapport, Source source, Path journalFile, Path reportFile, boolean anew, Progress progress) {
        Journal journal = new Journal(journalFile);
        try {
            if (anew) {
                journal.delete();
            }
            String caller = rapport.caller();
            Optional<Journal.Entry> earlier = journal.read();
            Trail trail =
                    earlier.isPresent() ? catchUp(source, earlier.get(), rapport, caller, journal) : Trail.BEGINNING;
            try (RefusalReport report = RefusalReport.in(
                    reportFile, earlier.map(Journal.Entry::reported).orElse(0L))) {
                Counts counts = earlier.map(Journal.Entry::counts).orElse(Counts.NONE);
                if (counts.items() > 0) {
                    progress.say("goes on where it was broken off: " + counts.items() + " are done");
                }
                ImportRun run = new ImportRun(rapport, source, journal, report, progress, caller, counts, trail);
                run.toTheEnd();
                journal.delete();
                return new Outcome(run.counts, report);
            }
        } catch (IOException e) {
            throw fileFailure(e);
        }
    }

    private static ClientFailure fileFailure(IOException e) {
        return new ClientFailure(FILE, e.getClass().getSimpleName() + ": " + e.getMessage(), e);
    }

    /** Reads over what was dealt with, and makes sure that it still is what it was. */
    private static Trail catchUp(
            Source source, Journal.Entry earlier, RapportApi rapport, String caller, Journal journal)
            throws IOException {
        if (!earlier.server().equals(rapport.server().toString())
                || !earlier.caller().equals(caller)) {
            throw new ClientFailure(
                    FILE,
                    "an earlier import of this file, by " + earlier.caller() + " to " + earlier.server()
                            + ", was broken off: finish it, or begin anew with --restart (it is kept in "
                            + journal.file()
                            + ")");
        }
        Trail trail = Trail.BEGINNING;
        for (long i = 0; i < earlier.counts().items(); i++) {
            Item item = source.next();
            if (item == null) {
                throw changed();
            }
            trail = trail.after(item);
        }
        if (!trail.written().equals(earlier.trail())) {
            throw changed();
        }
        return trail;
    }

    private static ClientFailure changed() {
        return new ClientFailure(
                FILE,
                "the file, its mapping or a table is not what it was when its import was broken off: --restart begins"
                        + " anew, and what was imported already is only told to be repeated");
    }

    private void toTheEnd() throws IOException {
        int fruitless = 0;
        boolean done = false;
        while (!done) {
            long before = counts.items();
            Optional<Duration> asked = Optional.empty();
            ClientFailure failure;
            try {
                done = request();
                continue;
            } catch (Refused e) {
                failure = rapport.failure(e.refusal());
                if (!e.refusal().isPassing()) {
                    throw failure;
                }
                asked = e.refusal().retryAfter();
            } catch (Interrupted e) {
                failure = e.getCause() instanceof IOException cause ? rapport.unreachable(cause) : e.failure;
            } finally {
                if (counts.items() > 0) { // else there is nothing to go on from
                    writeEntry();
                }
            }
            fruitless = counts.items() > before ? 1 : fruitless + 1;
            if (fruitless > rapport.patience().repetitions()) {
                throw new ClientFailure(
                        UNREACHABLE,
                        failure.words() + "\nThe import was broken off after " + counts.items()
                                + "; the same command goes on there.",
                        failure);
            }
            progress.say(failure.words() + "; tries again");
            rapport.pause(fruitless, asked);
        }
    }

    /** A request that came to no end of its own. */
    private static final class Interrupted extends IOException {

        private final transient ClientFailure failure;

        Interrupted(IOException cause) {
            super(cause);
            this.failure = new ClientFailure(UNREACHABLE, String.valueOf(cause.getMessage()), cause);
        }

        Interrupted(String words) {
            super(words);
            this.failure = new ClientFailure(UNREACHABLE, words);
        }
    }

    /** One request, from the first command that was not answered; tells whether all of the file is through. */
    private boolean request() throws IOException {
        boolean atTheEnd = false;
        try (ImportConnection connection = connect()) {
            Answers answers = new Answers(connection);
            Thread reader = new Thread(answers, "answers");
            reader.setDaemon(true);
            reader.start();
            try {
                for (Item item : unanswered()) {
                    send(connection, item);
                }
                while (roomFor(connection, answers)) {
                    Item item = source.next();
                    if (item == null) {
                        atTheEnd = true;
                        break;
                    }
                    await(item);
                    send(connection, item);
                }
                sent(connection::finish);
            } catch (NotSent e) {
                // why the connection broke is told by its other half, which may have heard it
                awaitEnd(reader, connection, true);
                answers.requireComplete();
                throw new Interrupted(e.cause);
            } catch (IOException | RuntimeException e) {
                connection.hangUp();
                awaitEnd(reader, connection, true);
                throw e;
            }
            awaitEnd(reader, connection, false);
            answers.requireComplete();
        }
        return atTheEnd;
    }

    /** Says that it was the connection that failed, and not the file. */
    private static final class NotSent extends IOException {

        private final IOException cause;

        NotSent(IOException cause) {
            super(cause);
            this.cause = cause;
        }
    }

    private ImportConnection connect() throws Interrupted {
        try {
            return rapport.openImport();
        } catch (IOException e) {
            throw new Interrupted(e);
        }
    }

    private static void send(ImportConnection connection, Item item) throws NotSent {
        if (item instanceof Command command) {
            sent(() -> connection.send(command.line()));
        }
    }

    private static void sent(Writing sending) throws NotSent {
        try {
            sending.run();
        } catch (IOException e) {
            throw new NotSent(e);
        }
    }

    private List<Item> unanswered() {
        lock.lock();
        try {
            return window.stream().map(Waiting::item).toList();
        } finally {
            lock.unlock();
        }
    }

    private void await(Item item) throws IOException {
        lock.lock();
        try {
            read = read.after(item);
            Waiting waiting = new Waiting(item, read);
            window.add(waiting);
            bytesWaiting += waiting.bytes();
            dealWithWhatNeedsNoAnswer();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until another item may be sent; false when this request should send no more. */
    private boolean roomFor(ImportConnection connection, Answers answers) throws NotSent {
        if (isFull()) {
            // not under the lock: whoever reads the answers needs it, and Rapport may wait for that
            sent(connection::flush);
        }
        lock.lock();
        try {
            while (isFull() && !answers.failed()) {
                long dealtWithBefore = counts.items();
                boolean heard = answered.await(LONGEST_HELD_BACK.toMillis(), TimeUnit.MILLISECONDS);
                if (!heard && counts.items() == dealtWithBefore) {
                    return false;
                }
            }
            return !answers.failed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientFailure(UNREACHABLE, "interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull() {
        lock.lock();
        try {
            return window.size() >= MOST_WAITING || bytesWaiting >= MOST_BYTES_WAITING;
        } finally {
            lock.unlock();
        }
    }

    private static void awaitEnd(Thread reader, ImportConnection connection, boolean isBroken) throws IOException {
        try {
            if (isBroken) {
                // what was answered before it broke is still to be read
                reader.join(TimeUnit.SECONDS.toMillis(2));
                connection.hangUp();
            }
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientFailure(UNREACHABLE, "interrupted", e);
        }
    }

    /** What Rapport says, read while it is being told. */
    private final class Answers implements Runnable {

        private final ImportConnection connection;
        private long line;
        private boolean complete;
        private @Nullable Exception failure;

        Answers(ImportConnection connection) {
            this.connection = connection;
        }

        boolean failed() {
            return failure != null;
        }

        @Override
        public void run() {
            Exception ended;
            try {
                while (!complete) {
                    read();
                }
                return;
            } catch (IOException | RuntimeException e) {
                ended = e;
            }
            lock.lock();
            try {
                failure = ended;
                answered.signalAll();
            } finally {
                lock.unlock();
            }
            try {
                // so that whoever sends does not go on
                connection.hangUp();
            } catch (IOException e) {
                ended.addSuppressed(e);
            }
        }

        private void read() throws IOException {
            byte[] answer = connection.next();
            if (answer == null) {
                throw new Interrupted("the answer ended before the import did");
            }
            Json told;
            try {
                told = Json.read(answer);
            } catch (MalformedJson e) {
                throw new Interrupted("the answer is not that of an import: " + e.where());
            }
            if (told.get("lines").isThere()) {
                complete = true;
                return;
            }
            line++;
            if (told.get("line").asLong() != line) {
                throw new Interrupted(
                        "the answer tells of line " + told.get("line").text() + " where line " + line + " comes next");
            }
            long status = told.get("status").asLong();
            if (status == UNAVAILABLE || status == TOO_MANY_REQUESTS) {
                throw new Interrupted(Refusal.words(told.get("problem")));
            }
            lock.lock();
            try {
                deal(status, told.get("problem"));
                dealWithWhatNeedsNoAnswer();
                answered.signalAll();
                writeEntryNowAndThen();
            } finally {
                lock.unlock();
            }
        }

        /** Throws what ended the answer before the import's end. */
        void requireComplete() throws IOException {
            if (failure instanceof Refused || failure instanceof Interrupted) {
                throw (IOException) failure;
            }
            if (failure instanceof IOException e) {
                throw new Interrupted(e);
            }
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (!complete) {
                throw new Interrupted("the answer ended before the import did");
            }
        }
    }

    private void deal(long status, Json problem) throws IOException {
        Waiting waiting = window.poll();
        if (waiting == null || !(waiting.item() instanceof Command command)) {
            throw new Interrupted("the answer tells of more lines than were sent");
        }
        if (problem.isThere()) {
            keep(() -> report.refused(command, problem));
            settle(waiting, Counts.oneRefused());
        } else {
            settle(waiting, status == 200 ? Counts.oneRepeated() : Counts.oneAccepted());
        }
    }

    private void dealWithWhatNeedsNoAnswer() {
        for (Waiting next = window.peek(); next != null; next = window.peek()) {
            if (next.item() instanceof Unusable unusable) {
                keep(() -> report.unusable(unusable));
                settle(next, Counts.oneUnusable());
            } else if (next.item() instanceof PassedOver) {
                settle(next, Counts.onePassedOver());
            } else {
                return;
            }
            window.remove();
        }
    }

    private void settle(Waiting waiting, Counts one) {
        counts = counts.with(one);
        dealtWith = waiting.trail();
        bytesWaiting -= waiting.bytes();
        progress.at(counts, waiting.item().place().end(), source.size());
    }

    private interface Writing {
        void run() throws IOException;
    }

    /** What can't be written here has nothing to do with Rapport: nobody should try again for that. */
    private static void keep(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw fileFailure(e);
        }
    }

    private void writeEntryNowAndThen() {
        if (System.nanoTime() - lastEntry > BETWEEN_ENTRIES.toNanos()) {
            writeEntry();
        }
    }

    private void writeEntry() {
        lock.lock();
        try {
            keep(() -> journal.write(new Journal.Entry(
                    rapport.server().toString(), caller, counts, dealtWith.written(), report.written())));
            lastEntry = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }
}
