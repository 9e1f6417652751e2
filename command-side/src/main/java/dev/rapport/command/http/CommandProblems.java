package dev.rapport.command.http;

import dev.rapport.command.Refusal;
import dev.rapport.command.dispatch.Answer.Refused;
import dev.rapport.command.http.RequestFacts.ContentTooLarge;
import dev.rapport.command.http.RequestFacts.MalformedHeader;
import dev.rapport.command.http.RequestFacts.MalformedParameter;
import dev.rapport.command.http.RequestFacts.UnsupportedType;
import dev.rapport.command.intake.MalformedCommand;
import dev.rapport.events.problem.Problem;
import dev.rapport.events.storage.DatabaseAway;
import dev.rapport.events.storage.UnknownEventException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.common.AxonTransientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Whatever keeps a command from being carried out, as a problem that says what to do. */
public final class CommandProblems {

    static final String REPLAYED = "Idempotency-Replayed";

    private static final Logger log = LoggerFactory.getLogger(CommandProblems.class);
    private static final String RETRY_AFTER_SECONDS = "1";

    /** A problem with what to say about it. */
    public record Told(Problem problem, String detail, Map<String, Object> more) {

        Told(Problem problem, String detail) {
            this(problem, detail, Map.of());
        }

        public ProblemDetail about(String path) {
            ProblemDetail body = ProblemDetail.forStatus(problem.status());
            body.setType(URI.create(problem.type()));
            body.setTitle(problem.title());
            body.setDetail(detail);
            body.setInstance(URI.create(path));
            more.forEach(body::setProperty);
            return body;
        }
    }

    /** Answers a failure of a route. */
    public ServerResponse answer(Throwable failure, ServerRequest request) {
        return response(tell(failure), request, false);
    }

    ServerResponse refused(Refused refused, ServerRequest request, boolean replayed) {
        return response(tell(refused), request, replayed);
    }

    /** What a failure means to the caller; one that is ours is logged under the incident that the problem names. */
    public Told tell(Throwable failure) {
        return switch (failure) {
            case Refusal refusal -> tell(Refused.of(refusal));
            case MalformedCommand malformed ->
                new Told(Problem.MALFORMED_REQUEST, malformed.detail(), Map.of("errors", malformed.faults()));
            case MalformedHeader malformed -> malformed("header", malformed.name(), malformed);
            case MalformedParameter malformed -> malformed("parameter", malformed.name(), malformed);
            case ContentTooLarge tooLarge -> new Told(Problem.CONTENT_TOO_LARGE, String.valueOf(tooLarge.getMessage()));
            case UnsupportedType unsupported ->
                new Told(Problem.UNSUPPORTED_MEDIA_TYPE, String.valueOf(unsupported.getMessage()));
            case DataAccessException unavailable -> unavailable(unavailable);
            case TransactionException unavailable -> unavailable(unavailable);
            case AxonTransientException unavailable -> unavailable(unavailable);
            case Throwable unavailable when DatabaseAway.caused(unavailable) -> unavailable(unavailable);
            case Throwable outdated when UnknownEventException.in(outdated).isPresent() -> outdated(outdated);
            default -> {
                String incident = UUID.randomUUID().toString();
                log.error("incident {}", incident, failure);
                yield new Told(
                        Problem.INTERNAL_ERROR, "something failed in Rapport; it is logged as incident " + incident);
            }
        };
    }

    private static Told malformed(String kind, String name, Exception why) {
        String detail = String.valueOf(why.getMessage());
        return new Told(
                Problem.MALFORMED_REQUEST,
                "the " + kind + " " + name + " " + detail,
                Map.of("errors", List.of(Map.of(kind, name, "detail", detail))));
    }

    /** What a refusal means to the caller. */
    public Told tell(Refused refused) {
        return new Told(
                refused.reason().problem(),
                refused.detail(),
                refused.unmet().isEmpty() ? Map.of() : Map.of("unmet", refused.unmet()));
    }

    private static Told unavailable(Throwable cause) {
        log.warn("a command could not be carried out", cause);
        return new Told(
                Problem.UNAVAILABLE,
                (DatabaseAway.hadNoRoom(cause)
                                ? "the event store's disk is full"
                                : "the event store could not be written")
                        + "; try again with the same key");
    }

    /** The process said so loudly, once, which is enough. */
    private static Told outdated(Throwable cause) {
        log.debug("a command needs what only a newer version can read", cause);
        return new Told(
                Problem.NODE_OUTDATED,
                "a newer version of Rapport recorded what this is to be decided by; nothing was done; try again with"
                        + " the same key, for a newer node to answer");
    }

    private static ServerResponse response(Told told, ServerRequest request, boolean replayed) {
        ServerResponse.BodyBuilder answer =
                ServerResponse.status(told.problem().status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (told.problem().status() == Problem.UNAVAILABLE.status() || told.problem() == Problem.REQUEST_IN_FLIGHT) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        if (replayed) {
            answer.header(REPLAYED, "true");
        }
        return answer.body(told.about(request.requestPath().value()));
    }
}
