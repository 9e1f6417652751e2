package dev.rapport.door;

import dev.rapport.events.access.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Which operation of the table a request asks for. */
final class Operations {

    private record Row(Operation operation, PathPattern path) {}

    private static final List<Row> ROWS = Arrays.stream(Operation.values())
            .map(operation -> new Row(operation, PathPatternParser.defaultInstance.parse(operation.path())))
            .toList();

    static Optional<Operation> asked(HttpServletRequest request) {
        return at(request)
                .filter(operation -> takes(operation).anyMatch(request.getMethod()::equals))
                .findFirst();
    }

    /** The methods that the request's path takes; none when nothing is there. */
    static List<String> methods(HttpServletRequest request) {
        return at(request).flatMap(Operations::takes).distinct().sorted().toList();
    }

    private static Stream<Operation> at(HttpServletRequest request) {
        PathContainer path = PathContainer.parsePath(request.getRequestURI());
        return ROWS.stream().filter(row -> row.path.matches(path)).map(Row::operation);
    }

    private static Stream<String> takes(Operation operation) {
        return operation.method().equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(operation.method());
    }

    private Operations() {}
}
