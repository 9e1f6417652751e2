package dev.rapport.door;

import dev.rapport.events.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The pages that the types of problems point to: for people, and open to everybody. */
@RestController
class ProblemPages {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @GetMapping("/problems/{slug}")
    ResponseEntity<?> page(@PathVariable String slug, HttpServletRequest request) {
        Optional<Problem> problem = Problem.bySlug(slug);
        return problem.isPresent()
                ? page(problem.get())
                : ProblemDocument.answer(
                        Problem.NOT_FOUND, "There is no problem " + slug + ".", request.getRequestURI());
    }

    private static ResponseEntity<String> page(Problem problem) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .body(html(problem));
    }

    private static String html(Problem problem) {
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%1$s</title>
            <style>body { font: 1.1rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem }</style>
            </head>
            <body>
            <h1>%1$s</h1>
            <p>Status %2$d, <code>%3$s</code></p>
            <p>%4$s</p>
            </body>
            </html>
            """.formatted(
                        text(problem.title()), problem.status(), text(problem.type()), text(problem.explanation()));
    }

    private static String text(String plain) {
        return CODE.matcher(HtmlUtils.htmlEscape(plain)).replaceAll("<code>$1</code>");
    }
}
