package dev.rapport.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** A reader of the stream, who takes down what comes. */
final class Following implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpResponse<InputStream> response;
    private final List<Event> events = new ArrayList<>();
    private int comments;
    private boolean ended;
    private IOException brokenOffBy;

    record Event(long id, String type, JsonNode data) {}

    private Following(RunningQuerySide queries, String user, String path, String... headers) {
        try {
            response = client.send(
                    queries.request(user, path, headers).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " answered " + response.statusCode());
        }
        Thread.ofVirtual().start(this::takeDown);
    }

    static Following stream(RunningQuerySide queries, String user, String query, String... headers) {
        return new Following(queries, user, "/api/v1/stream" + query, headers);
    }

    private void takeDown() {
        long id = -1;
        String type = "";
        String data = "";
        var lines = new Scanner(response.body(), StandardCharsets.UTF_8);
        while (lines.hasNextLine()) {
            String line = lines.nextLine();
            if (line.startsWith(":")) {
                heard();
            } else if (line.startsWith("id: ")) {
                id = Long.parseLong(line.substring(4));
            } else if (line.startsWith("event: ")) {
                type = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.isEmpty() && !data.isEmpty()) {
                took(new Event(id, type, RunningQuerySide.JSON.readTree(data)));
                data = "";
            }
        }
        over(lines.ioException());
    }

    private synchronized void heard() {
        comments++;
        notifyAll();
    }

    private synchronized void took(Event event) {
        events.add(event);
        notifyAll();
    }

    private synchronized void over(IOException why) {
        ended = true;
        brokenOffBy = why;
        notifyAll();
    }

    synchronized List<Event> events() {
        return List.copyOf(events);
    }

    synchronized List<Long> ids() {
        return events.stream().map(Event::id).toList();
    }

    /** What came until an event did. */
    synchronized List<Event> until(Predicate<Event> last) {
        await(() -> events.stream().anyMatch(last));
        return events();
    }

    synchronized List<Event> until(long position) {
        return until(event -> event.id() >= position);
    }

    synchronized void untilComments(int number) {
        await(() -> comments >= number);
    }

    synchronized void untilEnd() {
        await(() -> ended);
    }

    private synchronized void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0 || ended) {
                throw new AssertionError(
                        "nothing more came; so far " + events.size() + " events, " + comments + " comments, ended: "
                                + ended,
                        brokenOffBy);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** As closing does, for those who go on afterwards. */
    void hangUp() {
        close();
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
