package dev.rapport.client.http;

import dev.rapport.client.failure.Printable;
import dev.rapport.client.json.Json;
import dev.rapport.client.json.Json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * An answer that is no.
 *
 * @param retryAfter how long Rapport asks to wait, if it does
 * @param problem as RFC 9457 has it; missing when whoever answered does not speak that way
 */
public record Refusal(int status, Optional<Duration> retryAfter, Json problem) {

    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 502, 503, 504);
    private static final int LONGEST_TEXT = 300;

    /** Reads an answer whose status is none of success. */
    public static Refusal of(int status, Optional<String> retryAfter, byte[] body) {
        return new Refusal(status, retryAfter.flatMap(Refusal::seconds), problem(status, body));
    }

    private static Json problem(int status, byte[] body) {
        try {
            Json read = Json.read(body);
            return read.isObject() ? read : Json.MISSING;
        } catch (MalformedJson notOurs) {
            String text = new String(body, StandardCharsets.UTF_8).strip();
            return text.isEmpty() || text.startsWith("<") || text.length() > LONGEST_TEXT
                    ? Json.MISSING
                    : Json.object("title", text, "status", status);
        }
    }

    private static Optional<Duration> seconds(String header) {
        return header.strip().matches("\\d{1,6}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(header.strip())))
                : Optional.empty();
    }

    /** Whether the same request may be answered otherwise in a while. */
    public boolean isPassing() {
        return PASSING.contains(status);
    }

    /** What the problem says, with every fault on a line of its own. */
    public String words() {
        return problem.isObject() ? words(problem) : "the answer is " + status + ", and is not Rapport's";
    }

    /** What a problem says, with every fault on a line of its own. */
    public static String words(Json problem) {
        StringBuilder words = new StringBuilder(problem.get("title").text());
        if (problem.get("status").isThere()) {
            words.append(" (").append(problem.get("status").text()).append(')');
        }
        if (problem.get("detail").isThere()) {
            words.append(": ").append(problem.get("detail").text());
        }
        for (Json fault : problem.get("errors").items()) {
            words.append("\n  ").append(place(fault)).append(fault.get("detail").text());
        }
        for (Json criterion : problem.get("unmet").items()) {
            words.append("\n  ")
                    .append(criterion.get("criterion").text())
                    .append(": ")
                    .append(criterion.get("detail").text());
        }
        return Printable.lines(words.toString());
    }

    private static String place(Json fault) {
        for (String kind : new String[] {"pointer", "parameter", "header"}) {
            String place = fault.get(kind).text();
            if (!place.isEmpty()) {
                return place + " ";
            }
        }
        return "";
    }
}
