package dev.rapport.query.http;

import dev.rapport.door.FrameworkProblems;
import dev.rapport.door.ProblemDocument;
import dev.rapport.events.problem.Problem;
import dev.rapport.events.storage.DatabaseAway;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.UnknownEventException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** Turns everything that goes wrong in a query into a problem; nothing of our insides is told. */
@RestControllerAdvice("dev.rapport.query")
@Order(Ordered.HIGHEST_PRECEDENCE)
class QueryProblems {

    private static final Logger LOG = LoggerFactory.getLogger(QueryProblems.class);

    private final EventLog log;

    QueryProblems(EventLog log) {
        this.log = log;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDocument> answer(QueryRefused refused, HttpServletRequest request) {
        return ProblemDocument.answer(
                refused.problem(), refused.detail(), refused.faults(), request.getRequestURI(), HttpHeaders.EMPTY);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDocument> answer(AccessDeniedException denied, HttpServletRequest request) {
        return ProblemDocument.answer(Problem.FORBIDDEN, "None of your roles may read this.", request.getRequestURI());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDocument> answer(AuthenticationException unknown, HttpServletRequest request) {
        return ProblemDocument.answer(
                Problem.UNAUTHENTICATED, "The query needs to know who asks.", request.getRequestURI());
    }

    /** The caller has hung up: there is nobody to tell. */
    @ExceptionHandler
    void ignore(AsyncRequestNotUsableException gone) {
        LOG.debug("A caller has hung up", gone);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<ProblemDocument> answer(Exception failure, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (response.isCommitted()) {
            LOG.warn("{} {} broke off: {}", request.getMethod(), request.getRequestURI(), failure.toString());
            throw failure; // what is half told has to end as such: the container closes the connection on it
        }
        if (failure instanceof ErrorResponse error) {
            return FrameworkProblems.answer(error, request);
        }
        if (DatabaseAway.caused(failure)) {
            LOG.warn("The read database is away: {}", failure.toString());
            return ProblemDocument.answer(
                    Problem.UNAVAILABLE, "The read database does not answer.", request.getRequestURI());
        }
        if (UnknownEventException.in(failure).isPresent()) {
            return outdated(request); // which the process has said loudly, once
        }
        UUID incident = UUID.randomUUID();
        LOG.error("Incident {}: {} {} failed", incident, request.getMethod(), request.getRequestURI(), failure);
        if (log.newerVersion().isMet()) {
            return outdated(request); // a row that a newer version wrote may say what this one has no word for
        }
        return ProblemDocument.answer(
                Problem.INTERNAL_ERROR,
                "The query failed; incident " + incident + ".",
                List.of(),
                request.getRequestURI(),
                HttpHeaders.EMPTY);
    }

    private static ResponseEntity<ProblemDocument> outdated(HttpServletRequest request) {
        return ProblemDocument.answer(
                Problem.NODE_OUTDATED,
                "A newer version of Rapport recorded what this is to be told by; a node of that version can answer.",
                request.getRequestURI());
    }
}
