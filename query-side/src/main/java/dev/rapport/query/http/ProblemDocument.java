package dev.rapport.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rapport.events.problem.Problem;
import dev.rapport.query.http.QueryRefused.Fault;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A problem as RFC 9457 writes it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ProblemDocument(String type, String title, int status, String detail, String instance, List<Fault> errors) {

    private static final String SOON = "1";

    static ResponseEntity<ProblemDocument> answer(
            Problem problem, String detail, List<Fault> faults, String path, HttpHeaders headers) {
        var document = new ProblemDocument(problem.type(), problem.title(), problem.status(), detail, path, faults);
        var answer = ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (problem.status() == 503 || problem.status() == 429) {
            answer.header(HttpHeaders.RETRY_AFTER, SOON);
        }
        return answer.body(document);
    }

    static ResponseEntity<ProblemDocument> answer(Problem problem, String detail, String path) {
        return answer(problem, detail, List.of(), path, HttpHeaders.EMPTY);
    }
}
