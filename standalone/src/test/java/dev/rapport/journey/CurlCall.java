package dev.rapport.journey;

import dev.rapport.journey.DocumentedCalls.Shown;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Does what {@code curl} would do, as far as the documentation asks it to, so that no test needs one. */
final class CurlCall {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String DOCUMENTED_SERVER = "http://127.0.0.1:8080";
    private static final String DOCUMENTED_PASSWORD = ":secret";

    private final Path folder;
    private final List<String> headers = new ArrayList<>();
    private String method = "";
    private String url = "";
    private @Nullable String body;
    private boolean tellsHeaders;
    private boolean savesByItsName;
    private @Nullable String output;

    /**
     * A call as it is documented.
     *
     * @param folder where files are
     */
    CurlCall(List<String> words, String server, Path folder) throws IOException {
        this.folder = folder;
        Deque<String> left = new ArrayDeque<>(words.subList(1, words.size()));
        while (!left.isEmpty()) {
            String word = left.remove();
            switch (word) {
                case "-i" -> tellsHeaders = true;
                case "-N" -> {} // what comes is looked at when all of it is there
                case "-u" -> headers.add("Authorization: Basic " + basic(left.remove()));
                case "-H" -> headers.add(left.remove());
                case "-X" -> method = left.remove();
                case "-d" -> body = left.remove();
                case "--data-binary" ->
                    body = Files.readString(folder.resolve(left.remove().substring(1)));
                case "-o" -> output = left.remove();
                case "-OJ" -> savesByItsName = true;
                default -> {
                    if (word.startsWith("-") || !url.isEmpty()) {
                        throw new IllegalArgumentException("nobody knows what " + word + " is for");
                    }
                    url = word.replace(DOCUMENTED_SERVER, server);
                }
            }
        }
    }

    private static String basic(String nameAndPassword) {
        String meant = nameAndPassword.replace(DOCUMENTED_PASSWORD, ":" + RunningRapport.PASSWORD);
        return Base64.getEncoder().encodeToString(meant.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether Rapport did what it was asked, and what is to be seen then. */
    Shown execute() throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        for (String header : headers) {
            int colon = header.indexOf(':');
            request.header(
                    header.substring(0, colon), header.substring(colon + 1).strip());
        }
        request.method(
                !method.isEmpty() ? method : body == null ? "GET" : "POST",
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
        boolean succeeded = response.statusCode() / 100 == 2;
        String text = new String(response.body(), StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + response.statusCode() + "\n"
                + response.headers().map().entrySet().stream()
                        .flatMap(header -> header.getValue().stream().map(value -> header.getKey() + ": " + value))
                        .collect(Collectors.joining("\n"))
                + "\n\n";
        if (savesByItsName || output != null) {
            String name = output != null
                    ? output
                    : response.headers()
                            .firstValue("Content-Disposition")
                            .orElseThrow()
                            .replaceFirst(".*filename=\"([^\"/]+)\".*", "$1");
            Files.write(folder.resolve(name), response.body());
            return new Shown(succeeded, savesByItsName ? head + text : "");
        }
        return new Shown(succeeded, (tellsHeaders ? head : "") + text);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "curl %s", url);
    }
}
