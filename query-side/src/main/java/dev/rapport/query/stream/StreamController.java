package dev.rapport.query.stream;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.events.problem.Problem;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.history.Chronicle;
import dev.rapport.query.http.FromHeader;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.Ids;
import dev.rapport.query.http.ProblemsToo;
import dev.rapport.query.http.QueryRefused;
import dev.rapport.query.http.ServerSentEvents;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Every event as it is recorded, as server-sent events. */
@RestController
class StreamController {

    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final String LATEST = "latest";
    private static final Pattern POSITION = Pattern.compile("0|[1-9][0-9]{0,17}");

    private final EventLog log;
    private final EventFeed feed;
    private final Chronicle chronicle;
    private final OpenStreams streams;

    StreamController(EventLog log, EventFeed feed, Chronicle chronicle, OpenStreams streams) {
        this.log = log;
        this.feed = feed;
        this.chronicle = chronicle;
        this.streams = streams;
    }

    /** Which events, and after which position. */
    record Wanted(
            @JsonPropertyDescription("Events of these types only, such as CommitmentKept; may be repeated.")
            List<String> type,

            @JsonPropertyDescription("Events of this relationship only.") @Nullable
            String relationshipId,

            @JsonPropertyDescription(
                    "The position after which the stream begins, unless Last-Event-ID says it: 0 for the first event"
                        + " ever recorded, which is the default, or `latest` for those that are yet to be recorded.")
            @Nullable
            String from) {}

    @Operation(
            summary = "Every event as it is recorded, as server-sent events",
            description =
                    "From any position of the past into what happens now, without a hole or a double. Each event has"
                        + " its position as `id`, its type as `event`, and as `data` the JSON object that the history"
                        + " of its relationship shows, with the relationship's id. A comment comes at once and"
                        + " whenever nothing has happened for a while. Who takes nothing for some seconds is dropped"
                        + " and goes on with `Last-Event-ID`.")
    @ProblemsToo({Problem.NOT_FOUND, Problem.TOO_MANY_REQUESTS})
    @GetMapping(path = "/api/v1/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void followEvents(
            @FromQuery Wanted wanted,
            @FromHeader(
                            value = LAST_EVENT_ID,
                            description = "The position of the last event that the reader has seen: the stream goes on"
                                    + " after it.")
                    @Nullable
                    String lastEventId,
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        EventFilter filter = filter(wanted);
        long after = lastEventId == null ? after("from", wanted.from()) : after(LAST_EVENT_ID, lastEventId);
        refuseHidden(filter.relationshipId(), viewer);
        if (log.newerVersion().isMet()) {
            // which fails when there is nothing that this version could tell, so that the caller tries another node
            feed.read(after, filter, Chronicle.Knowledge.OF_THEN);
        }
        if (request.getMethod().equals(RequestMethod.HEAD.name())) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            return;
        }
        var place = streams.take(viewer.subject());
        try {
            new Attended(place).open(new Beginning(filter, viewer, after), request, response);
        } catch (IOException | RuntimeException failure) {
            place.giveBack();
            throw failure;
        }
    }

    private record Beginning(EventFilter filter, Viewer viewer, long after) {}

    /** A stream from its opening to its end, which may come before its opening is over. */
    private final class Attended {

        private final OpenStreams.Place place;
        private EventFeed.@Nullable Subscription subscription;
        private @Nullable ServerSentEvents events;
        private boolean ended;

        Attended(OpenStreams.Place place) {
            this.place = place;
        }

        synchronized void open(Beginning beginning, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            var reader =
                    new FeedReader(feed, beginning.filter, beginning.viewer, beginning.after, this::endSoon, this::end);
            subscription = feed.follow(this::wake);
            try {
                events = ServerSentEvents.open(request, response, reader, streams.writers());
            } catch (IOException | RuntimeException failure) {
                subscription.close();
                throw failure;
            }
            streams.add(events);
        }

        private void wake() {
            ServerSentEvents opened = events;
            if (opened != null) {
                opened.wake();
            }
        }

        private synchronized void endSoon() {
            if (events != null) {
                events.end();
            }
        }

        private synchronized void end() {
            if (!ended) {
                ended = true;
                place.giveBack();
                if (subscription != null) {
                    subscription.close();
                }
                if (events != null) {
                    streams.remove(events);
                }
            }
        }
    }

    private static EventFilter filter(Wanted wanted) {
        List<QueryRefused.Fault> faults = new ArrayList<>();
        wanted.type().stream()
                .filter(type -> !EventFilter.names().contains(type))
                .map(type -> new QueryRefused.Fault("type", "is none of: " + String.join(", ", EventFilter.names())))
                .forEach(faults::add);
        if (!faults.isEmpty()) {
            throw QueryRefused.malformed(faults);
        }
        String relationship = wanted.relationshipId();
        if (relationship == null) {
            return new EventFilter(Set.copyOf(wanted.type()), null);
        }
        String id = Ids.of(relationship).orElseThrow(() -> QueryRefused.notFound("relationship", relationship));
        return new EventFilter(Set.copyOf(wanted.type()), new RelationshipId(id));
    }

    private long after(String name, @Nullable String said) {
        if (said == null) {
            return 0;
        }
        if (said.equals(LATEST) && !name.equals(LAST_EVENT_ID)) {
            return log.lastStablePosition();
        }
        if (!POSITION.matcher(said).matches()) {
            throw malformed(name, "is not the position of an event");
        }
        long position = Long.parseLong(said);
        if (position > log.newestPosition()) {
            throw malformed(name, "is beyond the newest event");
        }
        return position;
    }

    private static QueryRefused malformed(String name, String detail) {
        return QueryRefused.malformed(List.of(new QueryRefused.Fault(name, detail)));
    }

    private void refuseHidden(@Nullable RelationshipId relationship, Viewer viewer) {
        if (relationship != null
                && chronicle.managerOf(relationship).filter(viewer::sees).isEmpty()) {
            throw QueryRefused.notFound("relationship", relationship.value());
        }
    }
}
