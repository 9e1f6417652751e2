package dev.rapport.journey;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares what a page says with what comes. Everything has to be the same but what belongs to the day of the call: positions, versions, cursors,
 * tokens, ids that Rapport makes, and times of the clock, which have fractions of a second or are of the day of the test. A figure that fades
 * with time may differ by what it fades in an hour, in JSON as in lines. Three dots stand for what the page leaves out: fields of an object, items
 * of an array, the rest of a line, or lines.
 */
final class DocumentedAnswer {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String DOTS = "...";
    private static final Set<String> OF_THE_DAY = Set.of("position", "version", "nextCursor", "eventId");
    private static final Set<String> HEADERS_OF_THE_DAY =
            Set.of("etag", "consistency-token", "rapport-position", "rapport-latest-position");
    private static final Pattern DOTS_AT_THE_END = Pattern.compile("([\\[{,]\\s*)\\.\\.\\.(\\s*[\\]}])");
    private static final double FADES = 0.0005;

    /** So many decimals are those of a figure that fades. */
    private static final Pattern FIGURE = Pattern.compile("\\d+\\.\\d{8,}");

    private static final String CLOCK_TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{1,9}Z";
    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    /** In texts, what belongs to the day. */
    private static final String TEXT_OF_THE_DAY = String.join(
            "|",
            CLOCK_TIME,
            UUID,
            "\\bv\\d+\\b",
            "(?<=recorded )\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d",
            "(?<=position )\\d+",
            "[\\d,]+(?= bytes)",
            "(?<=--cursor )\\S+",
            "(?<=-at-)\\d+",
            "(?<=events 0 to )\\d+",
            "\\d+(?= (files|events)\\b)",
            "rapport\\.local/[0-9a-f]+(\\+\\S+)?",
            "(?<=root hash )[A-Za-z0-9+/=]+");

    private final Pattern ofTheDay;
    private final Map<String, String> replaced = new LinkedHashMap<>();

    /** Compares answers that are given on a day. */
    DocumentedAnswer(LocalDate today) {
        ofTheDay = Pattern.compile(TEXT_OF_THE_DAY + "|" + today + " \\d\\d:\\d\\d");
    }

    /** What the page has where the answer has something else of its day: a later call of the page means the latter. */
    Map<String, String> replaced() {
        return replaced;
    }

    /** The first difference, if there is one. */
    Optional<String> differenceOf(String said, String came) {
        if (said.startsWith("HTTP/")) {
            return differenceOfResponses(said, came);
        }
        return isJson(came) ? differenceOfJson(said, came) : differenceOfLines(said, came);
    }

    /** One value; lines of them are lines. */
    private static boolean isJson(String text) {
        try {
            return JSON.readTree(text).isContainer();
        } catch (JacksonException e) {
            return false;
        }
    }

    private Optional<String> differenceOfResponses(String said, String came) {
        String[] saidParts = said.split("\n\n", 2);
        String[] cameParts = came.split("\n\n", 2);
        Map<String, String> headers = headers(cameParts[0]);
        for (Map.Entry<String, String> header : headers(saidParts[0]).entrySet()) {
            String actual = headers.get(header.getKey());
            if (actual == null) {
                return Optional.of("there is no header " + header.getKey());
            }
            if (HEADERS_OF_THE_DAY.contains(header.getKey())) {
                replaced.put(header.getValue(), actual);
            } else if (!isSame(header.getValue(), actual)) {
                return Optional.of(header.getKey() + " is " + actual);
            }
        }
        return saidParts.length == 1 || saidParts[1].isBlank()
                ? Optional.empty()
                : differenceOf(saidParts[1], cameParts.length == 1 ? "" : cameParts[1]);
    }

    private static Map<String, String> headers(String head) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : head.lines().toList()) {
            int colon = line.indexOf(':');
            if (colon < 0 || line.startsWith("HTTP/")) {
                headers.put("status", line.strip());
            } else {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private Optional<String> differenceOfJson(String said, String came) {
        try {
            return difference("", JSON.readTree(withDotsAsJson(said)), JSON.readTree(came));
        } catch (JacksonException e) {
            return Optional.of("one of both is no JSON: " + e.getOriginalMessage());
        }
    }

    private static String withDotsAsJson(String said) {
        return DOTS_AT_THE_END
                .matcher(said)
                .replaceAll(dots -> dots.group(2).endsWith("]") ? "$1\"...\"$2" : "$1\"...\": 0$2");
    }

    private Optional<String> difference(String at, JsonNode said, JsonNode came) {
        if (said.isObject() && came.isObject()) {
            return differenceOfObjects(at, said, came);
        }
        if (said.isArray() && came.isArray()) {
            return differenceOfArrays(at, said, came);
        }
        String field = at.substring(at.lastIndexOf('/') + 1);
        if (OF_THE_DAY.contains(field) && said.getNodeType() == came.getNodeType()) {
            if (said.isString()) {
                replaced.put(said.asString(), came.asString());
            }
            return Optional.empty();
        }
        return isSame(said, came) ? Optional.empty() : Optional.of(at + " is " + came + ", not " + said);
    }

    private boolean isSame(JsonNode said, JsonNode came) {
        if (said.isString() && came.isString()) {
            boolean isSame = said.asString().equals(DOTS) || isSame(said.asString(), came.asString());
            if (isSame && !said.asString().equals(DOTS)) {
                replaced.put(said.asString(), came.asString());
            }
            return isSame;
        }
        boolean isFigure = said.isNumber() && came.isNumber() && !said.isIntegralNumber();
        return isFigure ? isAbout(said.asDouble(), came.asDouble()) : said.equals(came);
    }

    private Optional<String> differenceOfObjects(String at, JsonNode said, JsonNode came) {
        for (String field : said.propertyNames()) {
            if (!field.equals(DOTS)) {
                if (!came.has(field)) {
                    return Optional.of("there is no " + at + "/" + field);
                }
                Optional<String> difference = difference(at + "/" + field, said.get(field), came.get(field));
                if (difference.isPresent()) {
                    return difference;
                }
            }
        }
        return said.has(DOTS)
                ? Optional.empty()
                : came.propertyNames().stream()
                        .filter(field -> !said.has(field))
                        .findFirst()
                        .map(field -> "there is " + at + "/" + field + " as well");
    }

    private Optional<String> differenceOfArrays(String at, JsonNode said, JsonNode came) {
        for (int i = 0; i < said.size(); i++) {
            if (said.get(i).isString() && said.get(i).asString().equals(DOTS)) {
                return Optional.empty();
            }
            if (i >= came.size()) {
                return Optional.of(at + " has only " + came.size() + " items");
            }
            Optional<String> difference = difference(at + "/" + i, said.get(i), came.get(i));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return said.size() == came.size() ? Optional.empty() : Optional.of(at + " has " + came.size() + " items");
    }

    private Optional<String> differenceOfLines(String said, String came) {
        String pattern = said.strip().lines().map(this::pattern).collect(Collectors.joining("\n"));
        return isMatched(said, pattern, came.strip().replace("\r\n", "\n"))
                ? Optional.empty()
                : Optional.of("it is\n" + came);
    }

    private boolean isSame(String said, String came) {
        return isMatched(said, quoted(said), came);
    }

    /** The pattern has a group for each figure. */
    private boolean isMatched(String said, String pattern, String came) {
        Matcher matcher = Pattern.compile(pattern).matcher(normal(came));
        if (!matcher.matches()) {
            return false;
        }
        List<MatchResult> figures = FIGURE.matcher(normal(said)).results().toList();
        return IntStream.range(0, figures.size())
                .allMatch(i ->
                        isAbout(Double.parseDouble(figures.get(i).group()), Double.parseDouble(matcher.group(i + 1))));
    }

    private static boolean isAbout(double said, double came) {
        return Math.abs(said - came) < FADES;
    }

    private String quoted(String text) {
        return Arrays.stream(FIGURE.split(normal(text), -1))
                .map(Pattern::quote)
                .collect(Collectors.joining("(\\d+\\.\\d+)"));
    }

    private String pattern(String line) {
        if (line.strip().equals(DOTS)) {
            return "(?s:.*)";
        }
        return line.endsWith(DOTS)
                ? quoted(line.substring(0, line.length() - DOTS.length())) + ".*"
                : quoted(line.stripTrailing()) + "\\s*?";
    }

    private String normal(String text) {
        return ofTheDay.matcher(text).replaceAll(DocumentedAnswer::kind);
    }

    private static String kind(MatchResult found) {
        return Matcher.quoteReplacement(found.group().startsWith("v") ? "v#" : "#");
    }
}
