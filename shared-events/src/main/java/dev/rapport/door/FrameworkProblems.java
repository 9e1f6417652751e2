package dev.rapport.door;

import dev.rapport.events.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** What the framework refuses before any controller is asked, as problems: it belongs to no side, so any other advice goes first. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
public final class FrameworkProblems {

    @ExceptionHandler({
        NoResourceFoundException.class,
        NoHandlerFoundException.class,
        HttpRequestMethodNotSupportedException.class,
        HttpMediaTypeNotAcceptableException.class,
        HttpMediaTypeNotSupportedException.class
    })
    ResponseEntity<ProblemDocument> answer(Exception refused, HttpServletRequest request) {
        return answer((ErrorResponse) refused, request);
    }

    /** What the framework refused, in our words. */
    public static ResponseEntity<ProblemDocument> answer(ErrorResponse refused, HttpServletRequest request) {
        Problem problem = problem(refused.getStatusCode().value());
        var headers = new HttpHeaders(refused.getHeaders());
        headers.remove(HttpHeaders.CONTENT_TYPE);
        String detail = refused instanceof HttpMediaTypeNotAcceptableException unacceptable
                ? offered(unacceptable)
                : detail(problem, request.getMethod());
        return ProblemDocument.answer(problem, detail, List.of(), request.getRequestURI(), headers);
    }

    static ResponseEntity<ProblemDocument> answer(int status, String method, String path) {
        Problem problem = problem(status);
        return ProblemDocument.answer(problem, detail(problem, method), path);
    }

    private static Problem problem(int status) {
        return switch (status) {
            case 401 -> Problem.UNAUTHENTICATED;
            case 403 -> Problem.FORBIDDEN;
            case 404 -> Problem.NOT_FOUND;
            case 405 -> Problem.METHOD_NOT_ALLOWED;
            case 406 -> Problem.NOT_ACCEPTABLE;
            case 413 -> Problem.CONTENT_TOO_LARGE;
            case 415 -> Problem.UNSUPPORTED_MEDIA_TYPE;
            case 503 -> Problem.UNAVAILABLE;
            default -> status < 500 ? Problem.MALFORMED_REQUEST : Problem.INTERNAL_ERROR;
        };
    }

    private static String detail(Problem problem, String method) {
        return switch (problem) {
            case NOT_FOUND -> "There is nothing at this path.";
            case METHOD_NOT_ALLOWED -> "This path does not take " + method + ".";
            default -> problem.title() + ".";
        };
    }

    private static String offered(HttpMediaTypeNotAcceptableException unacceptable) {
        String offered = unacceptable.getSupportedMediaTypes().stream()
                .map(MediaType::toString)
                .distinct()
                .collect(Collectors.joining(", "));
        return offered.isEmpty()
                ? "The header Accept is not a list of media types."
                : "What is at this path is answered as: " + offered + ".";
    }
}
