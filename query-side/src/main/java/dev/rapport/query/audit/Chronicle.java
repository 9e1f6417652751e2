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
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the event log says of one relationship, read from the log itself and from nothing that was made of it, page by page: its own events
 * and those of its stakeholder, in the order of the log.
 */
@Component
class Chronicle {

    private static final int PAGE = 250;
    private static final int AHEAD = 2;

    private final EventLog log;

    Chronicle(EventLog log) {
        this.log = log;
    }

    /** The id of a relationship that has events; refused as unknown when there are none. */
    RelationshipId find(String id) {
        return Ids.of(id)
                .map(RelationshipId::new)
                .filter(known -> !log.readStream(stream(known), 0, 1).isEmpty())
                .orElseThrow(() -> QueryRefused.notFound("relationship", id));
    }

    /** The stored events of a relationship after a version, as they are. */
    List<StoredEvent> stored(RelationshipId relationship, long afterVersion, int limit) {
        return log.readStream(stream(relationship), afterVersion, limit);
    }

    /** What was known when a version of a relationship was the newest; refused when it never came to that. */
    Known when(RelationshipId relationship, long version) {
        return version < 1
                ? new Known.UpTo(0, 0)
                : log.readStream(stream(relationship), version - 1, 1).stream()
                        .findFirst()
                        .map(event -> new Known.UpTo(event.position(), version))
                        .orElseThrow(() -> QueryRefused.because(
                                Problem.NOT_FOUND,
                                "The relationship " + relationship + " has not come to version " + version + "."));
    }

    /** Hands over, one after the other, the events of a relationship and its stakeholder that are known. */
    void tell(RelationshipId relationship, Known known, Consumer<RecordedEvent> listener) {
        tell(relationship, known, log::recorded, listener);
    }

    /**
     * The same, for who needs the personal texts of some events only.
     *
     * @param textsOf the events whose texts are needed; in all others {@code [closed]} stands for each
     */
    void tell(
            RelationshipId relationship,
            Known known,
            Set<Class<? extends DomainEvent>> textsOf,
            Consumer<RecordedEvent> listener) {
        tell(relationship, known, stored -> log.recorded(stored, textsOf), listener);
    }

    private void tell(RelationshipId relationship, Known known, Reading reading, Consumer<RecordedEvent> listener) {
        for (var events = new Merged(relationship, known, reading); events.hasNext(); ) {
            RecordedEvent next = events.next();
            if (!known.includes(next)) {
                return;
            }
            listener.accept(next);
        }
    }

    private interface Reading {
        List<RecordedEvent> read(List<StoredEvent> stored);
    }

    private static String stream(RelationshipId relationship) {
        return StreamName.of(relationship).value();
    }

    /** Two streams as one; the stakeholder's name stands in the first event of the relationship. */
    private final class Merged implements Iterator<RecordedEvent> {

        private final Pages relationship;
        private final @Nullable Pages stakeholder;

        Merged(RelationshipId id, Known known, Reading reading) {
            relationship = new Pages(stream(id), known.versions(), reading);
            RecordedEvent first = relationship.peek();
            stakeholder = first != null && first.payload() instanceof RelationshipEstablished established
                    ? new Pages(StreamName.of(established.stakeholderId()).value(), Long.MAX_VALUE, reading)
                    : null;
        }

        @Override
        public boolean hasNext() {
            return relationship.peek() != null || (stakeholder != null && stakeholder.peek() != null);
        }

        @Override
        public RecordedEvent next() {
            RecordedEvent one = relationship.peek();
            RecordedEvent other = stakeholder == null ? null : stakeholder.peek();
            if (stakeholder != null && other != null && (one == null || other.position() < one.position())) {
                return stakeholder.next();
            }
            if (one == null) {
                throw new NoSuchElementException();
            }
            return relationship.next();
        }
    }

    /** The first events of one stream. While a page of them is told, others read and decode the next ones, if the stream is that long. */
    private final class Pages {

        private final String stream;
        private final long most;
        private final Reading reading;
        private final Deque<RecordedEvent> told = new ArrayDeque<>();
        private final Deque<CompletableFuture<Page>> coming = new ArrayDeque<>();
        private long begun;

        Pages(String stream, long most, Reading reading) {
            this.stream = stream;
            this.most = most;
            this.reading = reading;
            if (most > 0) {
                int length = length();
                begun = length;
                take(read(0, length));
            }
        }

        private int length() {
            return (int) Math.min(PAGE, most - begun);
        }

        private Page read(long from, int length) {
            List<StoredEvent> stored = log.readStream(stream, from, length);
            return new Page(reading.read(stored), stored.size() == length);
        }

        private void take(Page page) {
            told.addAll(page.events);
            if (!page.full) {
                coming.clear();
                return;
            }
            while (coming.size() < AHEAD && begun < most) {
                long from = begun;
                int length = length();
                coming.add(CompletableFuture.supplyAsync(() -> read(from, length), Thread::startVirtualThread));
                begun += length;
            }
        }

        @Nullable
        RecordedEvent peek() {
            while (told.isEmpty() && !coming.isEmpty()) {
                take(arrived(coming.removeFirst()));
            }
            return told.peekFirst();
        }

        RecordedEvent next() {
            return told.removeFirst();
        }
    }

    private static Page arrived(CompletableFuture<Page> coming) {
        try {
            return coming.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    /** @param full whether there may be more after it */
    private record Page(List<RecordedEvent> events, boolean full) {}
}
