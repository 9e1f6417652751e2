package dev.rapport.query.http;

import dev.rapport.events.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query that is not answered, with the problem that its caller is told. */
public final class QueryRefused extends RuntimeException {

    private final Problem problem;
    private final List<Fault> faults;

    /** What is wrong with a part of the request: a parameter or a header, by its name. */
    public record Fault(String parameter, String detail) {}

    private QueryRefused(Problem problem, String detail, List<Fault> faults, @Nullable Throwable cause) {
        super(detail, cause);
        this.problem = problem;
        this.faults = List.copyOf(faults);
    }

    public static QueryRefused because(Problem problem, String detail) {
        return new QueryRefused(problem, detail, List.of(), null);
    }

    /** Nothing has this id, or it is not the viewer's to see: the answer does not tell which. */
    public static QueryRefused notFound(String what, String id) {
        return because(Problem.NOT_FOUND, "There is no " + what + " " + id + ".");
    }

    public static QueryRefused malformed(List<Fault> faults) {
        return new QueryRefused(Problem.MALFORMED_REQUEST, sentence(faults), faults, null);
    }

    public static QueryRefused malformed(String parameter, String detail, Throwable cause) {
        var faults = List.of(new Fault(parameter, detail));
        return new QueryRefused(Problem.MALFORMED_REQUEST, sentence(faults), faults, cause);
    }

    private static String sentence(List<Fault> faults) {
        return faults.size() == 1
                ? faults.getFirst().parameter() + " " + faults.getFirst().detail() + "."
                : faults.size() + " parts of the request are malformed.";
    }

    Problem problem() {
        return problem;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    List<Fault> faults() {
        return faults;
    }
}
