package dev.rapport.query.audit;

import dev.rapport.events.DomainEvent;
import dev.rapport.events.RelationshipEstablished;
import dev.rapport.events.StreamName;
import dev.rapport.events.problem.Problem;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.storage.StoredEvent;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.http.Ids;
import dev.rapport.query.http.QueryRefused;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What the event log says of one relationship, read from the log itself and from nothing that was made of it, page by page: its own events
 * and those of its stakeholder, in the order of the log.
 */
@Component
class Chronicle {

    private static final Logger LOGGER = LoggerFactory.getLogger(Chronicle.class);

    private static final int PAGE = 250;
    private static final int AHEAD = 2;

    private final EventLog log;

    /** To read ahead takes connections and cores beside those of the request, of which others are to have some. */
    private final Semaphore ahead = new Semaphore(AHEAD);

    Chronicle(EventLog log) {
        this.log = log;
    }

    /** A relationship that has events, and the newest of them. */
    record Found(RelationshipId id, StoredEvent newest) {}

    /** The relationship with an id; refused as unknown when it has no events. */
    Found find(String id) {
        return Ids.of(id)
                .map(RelationshipId::new)
                .flatMap(known -> log.newestOf(stream(known)).map(newest -> new Found(known, newest)))
                .orElseThrow(() -> QueryRefused.notFound("relationship", id));
    }

    /** The stored events of a relationship after a version, as they are. */
    List<StoredEvent> stored(RelationshipId relationship, long afterVersion, int limit) {
        return log.readStream(stream(relationship), afterVersion, limit);
    }

    /** What was known when a version of a relationship was the newest; refused when it never came to that. */
    Known when(Found relationship, long version) {
        if (version < 1) {
            return new Known.UpTo(0, 0);
        }
        if (version == versionMadeBy(relationship.newest)) {
            return new Known.UpTo(relationship.newest.position(), version);
        }
        return log.readStream(stream(relationship.id), version - 1, 1).stream()
                .findFirst()
                .map(event -> new Known.UpTo(event.position(), version))
                .orElseThrow(() -> QueryRefused.because(
                        Problem.NOT_FOUND,
                        "The relationship " + relationship.id + " has not come to version " + version + "."));
    }

    /** Hands over, one after the other, the events of a relationship and its stakeholder that are known. */
    void tell(Found relationship, Known known, Consumer<RecordedEvent> listener) {
        tell(relationship, known, log::recorded, listener);
    }

    /**
     * The same, for who needs the personal texts of some events only.
     *
     * @param textsOf the events whose texts are needed; in all others {@code [closed]} stands for each
     */
    void tell(
            Found relationship,
            Known known,
            Set<Class<? extends DomainEvent>> textsOf,
            Consumer<RecordedEvent> listener) {
        tell(relationship, known, stored -> log.recorded(stored, textsOf), listener);
    }

    private void tell(Found found, Known known, Reading reading, Consumer<RecordedEvent> listener) {
        long versions = known.versions(versionMadeBy(found.newest));
        try (Pages relationship = new Pages(found.newest, versions, known, reading)) {
            RecordedEvent first = relationship.peek();
            if (first != null && first.payload() instanceof RelationshipEstablished established) {
                StreamName with = StreamName.of(established.stakeholderId());
                StoredEvent newest = log.newestOf(with.value()).orElse(null);
                // who looks into a log from which somebody took the stakeholder is told what is left
                try (Pages stakeholder =
                        newest == null ? null : new Pages(newest, versionMadeBy(newest), known, reading)) {
                    tell(relationship, stakeholder, known, listener);
                }
            }
        }
    }

    private static long versionMadeBy(StoredEvent event) {
        return event.sequenceNumber() + 1;
    }

    private static void tell(Pages one, @Nullable Pages other, Known known, Consumer<RecordedEvent> listener) {
        for (RecordedEvent next = next(one, other); next != null && known.includes(next); next = next(one, other)) {
            listener.accept(next);
        }
    }

    private static @Nullable RecordedEvent next(Pages one, @Nullable Pages other) {
        RecordedEvent ofOne = one.peek();
        RecordedEvent ofOther = other == null ? null : other.peek();
        boolean otherIsFirst = ofOther != null && (ofOne == null || ofOther.position() < ofOne.position());
        return other != null && otherIsFirst ? other.poll() : one.poll();
    }

    private static String stream(RelationshipId relationship) {
        return StreamName.of(relationship).value();
    }

    private interface Reading {
        List<RecordedEvent> read(List<StoredEvent> stored);
    }

    /**
     * So many events of one stream, from its first one on, but none after the page in which what is known ends. While a page is told, and while it is
     * read if all of them are known, the next ones are read and decoded ahead, unless too many are already.
     */
    private final class Pages implements AutoCloseable {

        private final String stream;
        private final long length;
        /** Whether all of them are known, so that no page is read for nothing. */
        private final boolean sure;

        private final Known known;
        private final Reading reading;
        private final Deque<RecordedEvent> read = new ArrayDeque<>();
        private final Deque<CompletableFuture<List<RecordedEvent>>> coming = new ArrayDeque<>();
        private long begun;
        private boolean ended;

        /** @param newest the newest event of the stream, or the newest that was seen */
        Pages(StoredEvent newest, long length, Known known, Reading reading) {
            this.stream = newest.stream();
            this.length = length;
            this.sure = length < versionMadeBy(newest) || known.includes(newest);
            this.known = known;
            this.reading = reading;
        }

        @Nullable
        RecordedEvent peek() {
            while (read.isEmpty() && !ended && !(coming.isEmpty() && begun == length)) {
                take(coming.isEmpty() ? readHere() : arrived(coming.removeFirst()));
            }
            return read.peekFirst();
        }

        @Nullable
        RecordedEvent poll() {
            return read.pollFirst();
        }

        private List<RecordedEvent> readHere() {
            Supplier<List<RecordedEvent>> mine = next();
            if (sure) {
                readAhead();
            }
            return mine.get();
        }

        private void take(List<RecordedEvent> page) {
            read.addAll(page);
            ended = !read.isEmpty() && !known.includes(read.getLast());
            if (!ended) {
                readAhead();
            }
        }

        private void readAhead() {
            while (coming.size() < AHEAD && begun < length && ahead.tryAcquire()) {
                Supplier<List<RecordedEvent>> next = next();
                coming.add(CompletableFuture.supplyAsync(() -> andRelease(next), Thread::startVirtualThread));
            }
        }

        private List<RecordedEvent> andRelease(Supplier<List<RecordedEvent>> next) {
            try {
                return next.get();
            } finally {
                ahead.release();
            }
        }

        /** The page after those that are being read or were, to be read by whoever gets it. */
        private Supplier<List<RecordedEvent>> next() {
            long from = begun;
            int events = (int) Math.min(PAGE, length - begun);
            begun += events;
            return () -> reading.read(log.readStream(stream, from, events));
        }

        private static List<RecordedEvent> arrived(CompletableFuture<List<RecordedEvent>> coming) {
            try {
                return coming.join();
            } catch (CompletionException failed) {
                if (failed.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw failed;
            }
        }

        /** Waits for what was read ahead and is not needed, so that nothing is read any more when the answer goes out, which needs none of it. */
        @Override
        public void close() {
            for (CompletableFuture<List<RecordedEvent>> page : coming) {
                try {
                    arrived(page);
                } catch (RuntimeException notNeeded) {
                    LOGGER.warn("A page of {} that nobody needs could not be read", stream, notNeeded);
                }
            }
        }
    }
}
