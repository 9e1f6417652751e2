package dev.rapport.door;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rapport.events.problem.Problem;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * A problem as RFC 9457 writes it.
 *
 * @param errors what is wrong with parts of the request, each in the form of whoever found it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemDocument(
        String type, String title, int status, String detail, String instance, List<? extends Record> errors) {

    private static final String SOON = "1";

    /** An answer that tells a problem. */
    public static ResponseEntity<ProblemDocument> answer(
            Problem problem, String detail, List<? extends Record> faults, String path, HttpHeaders headers) {
        var document = new ProblemDocument(problem.type(), problem.title(), problem.status(), detail, path, faults);
        var answer = ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (problem.status() == 503 || problem.status() == 429) {
            answer.header(HttpHeaders.RETRY_AFTER, SOON);
        }
        return answer.body(document);
    }

    /** An answer that tells a problem of the request as a whole. */
    public static ResponseEntity<ProblemDocument> answer(Problem problem, String detail, String path) {
        return answer(problem, detail, List.of(), path, HttpHeaders.EMPTY);
    }
}
