package dev.rapport.door;

import dev.rapport.door.SecurityLog.Kind;
import dev.rapport.events.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/** Tells callers who are turned away why, in the form of all problems, and has it logged. */
record Refusals(JsonMapper json, SecurityLog log) {

    void logged(Kind kind, Problem problem, String detail, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        log.write(kind, detail, request);
        write(problem, detail, request, response);
    }

    void write(Problem problem, String detail, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ProblemDetail body = ProblemDetail.forStatus(problem.status());
        body.setType(URI.create(problem.type()));
        body.setTitle(problem.title());
        body.setDetail(detail);
        body.setInstance(URI.create(request.getRequestURI()));
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(body));
    }

    void slowDown(String detail, Duration wait, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader(
                HttpHeaders.RETRY_AFTER,
                String.valueOf(Math.max(1, wait.plusMillis(999).toSeconds())));
        logged(Kind.LIMIT_HIT, Problem.TOO_MANY_REQUESTS, detail, request, response);
    }
}
