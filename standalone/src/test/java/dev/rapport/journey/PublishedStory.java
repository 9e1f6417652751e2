package dev.rapport.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The requests of docker/requests.http, which tell the story of a relationship by every command once: to be told of another relationship. */
final class PublishedStory {

    private static final Path FILE = Path.of("..", "docker", "requests.http");
    private static final String NAME = "norvale";
    private static final Pattern PARTS = Pattern.compile("(?m)^(?=### )");
    private static final Pattern TITLE = Pattern.compile("### .*\\((\\d{3})\\)");

    /**
     * One request, and the status that it is told to be answered with.
     *
     * @param path below the interface's, or from the root if it isn't there
     * @param headers but those of who calls, and of the body
     */
    record Request(
            int status,
            String method,
            String path,
            String user,
            Map<String, String> headers,
            String contentType,
            String body) {

        Request(int status, String method, String path, String contentType, String body) {
            this(status, method, path, "", Map.of(), contentType, body);
        }

        private Request of(String name) {
            return new Request(
                    status, method, path.replace(NAME, name), user, headers, contentType, body.replace(NAME, name));
        }
    }

    private final List<Request> requests;

    private PublishedStory(List<Request> requests) {
        this.requests = requests;
    }

    /** The story of a relationship of that name. */
    static PublishedStory of(String name) throws IOException {
        List<Request> requests = new ArrayList<>();
        for (String part : PARTS.split(Files.readString(FILE), -1)) {
            request(part).map(request -> request.of(name)).ifPresent(requests::add);
        }
        return new PublishedStory(requests);
    }

    /** All of them, in order. */
    List<Request> requests() {
        return requests;
    }

    /** The commands that take effect, until the relationship goes to another manager. */
    List<Request> commandsOfTheFirstManager() {
        return requests.stream()
                .filter(request -> request.method.equals("POST"))
                .takeWhile(request -> !request.path.endsWith("/manager-assignments"))
                .filter(request -> request.status == 201)
                .toList();
    }

    /** The first request that took effect at a path of that form. */
    Optional<Request> first(Pattern path) {
        return requests.stream()
                .filter(request -> request.method.equals("POST") && request.status < 300)
                .filter(request -> path.matcher(request.path).matches())
                .findFirst();
    }

    private static Optional<Request> request(String part) {
        Matcher title = TITLE.matcher(part);
        List<String> lines = part.lines().skip(1).toList();
        if (!title.lookingAt()) {
            return Optional.empty();
        }
        String[] line = lines.getFirst().split(" ", 2);
        int blank = lines.indexOf("");
        Map<String, String> headers = new LinkedHashMap<>();
        lines.subList(1, blank < 0 ? lines.size() : blank).forEach(header -> {
            String[] parts = header.split(": ", 2);
            headers.put(parts[0], parts[1]);
        });
        String user = headers.getOrDefault("Authorization", "").replaceFirst("Basic (\\w+) .*", "$1");
        headers.remove("Authorization");
        String type = Optional.ofNullable(headers.remove("Content-Type")).orElse("");
        String body = blank < 0
                ? ""
                : String.join("\n", lines.subList(blank + 1, lines.size())).strip();
        return Optional.of(new Request(
                Integer.parseInt(title.group(1)),
                line[0],
                line[1].replaceFirst("^(\\{\\{api}}|http://[^/]+)", ""),
                user,
                Map.copyOf(headers),
                type,
                body));
    }
}
