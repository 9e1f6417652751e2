package dev.rapport.query.stream;

import dev.rapport.events.storage.UnknownEventException;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.history.Chronicle.Knowledge;
import dev.rapport.query.http.ServerSentEvents;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One reader's way along the feed, in pieces of server-sent events. It keeps no more than a page of events, which others may share, so a
 * reader who is slow or away for long costs as much as one who is not.
 *
 * <p>It ends before an event that only a newer version can read: its reader comes back, and finds a node of that version in the end.
 */
final class FeedReader implements ServerSentEvents.Source {

    private static final String NEWER = ": what comes next is told by nodes of a newer version\n\n";

    private static final int PIECE = 16 * 1024;

    private final EventFeed feed;
    private final EventFilter filter;
    private final Viewer viewer;
    private final Knowledge knowledge;
    private final Runnable onEnd;
    private final Runnable onClose;
    private final Deque<FedEvent> page = new ArrayDeque<>();
    private long position;
    private long through;

    /** @param onEnd is run when there is nothing more to come, though the reader has not gone */
    FeedReader(EventFeed feed, EventFilter filter, Viewer viewer, long after, Runnable onEnd, Runnable onClose) {
        this.feed = feed;
        this.filter = filter;
        this.viewer = viewer;
        this.knowledge = viewer.dependsOnManagers() ? Knowledge.OF_NOW : Knowledge.OF_THEN;
        this.onEnd = onEnd;
        this.onClose = onClose;
        this.position = after;
        this.through = after;
    }

    @Override
    public byte @Nullable [] next() {
        leaveOutdated();
        try {
            if (page.isEmpty() && !turn()) {
                return null;
            }
        } catch (UnknownEventException newer) {
            onEnd.run();
            return ServerSentEvents.bytes(NEWER);
        }
        var piece = new StringBuilder();
        while (!page.isEmpty() && piece.length() < PIECE) {
            FedEvent event = page.removeFirst();
            position = event.told().position();
            event.jsonFor(viewer)
                    .ifPresent(json -> piece.append("id: ")
                            .append(position)
                            .append("\nevent: ")
                            .append(event.told().recorded().type())
                            .append("\ndata: ")
                            .append(json) // which has no line breaks
                            .append("\n\n"));
        }
        return ServerSentEvents.bytes(piece.toString());
    }

    /** Events that a slow reader has kept waiting are told anew, since somebody else may manage the relationship by now. */
    private void leaveOutdated() {
        FedEvent next = page.peekFirst();
        if (next != null && knowledge == Knowledge.OF_NOW && !next.isOfNow()) {
            page.clear();
            through = position;
        }
    }

    /** Turns to the next page; false at the end of the log. */
    private boolean turn() {
        position = through;
        EventFeed.Page next = feed.read(position, filter, knowledge);
        through = next.through();
        page.addAll(next.events());
        return through > position;
    }

    @Override
    public void close() {
        onClose.run();
    }
}
