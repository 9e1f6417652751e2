package dev.rapport.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.rapport.client.json.Json;
import dev.rapport.client.json.Json.MalformedJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * A server that speaks as Rapport does and fails as it is told. It takes every line once, and refuses those whose id begins with {@code no}.
 */
public final class RapportOfATest implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> requests = new ArrayList<>();
    private final List<String> authorizations = new ArrayList<>();
    private final List<String> accepted = new ArrayList<>();
    private final List<List<String>> imports = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private final Set<String> answers503 = new HashSet<>();
    private int breaksAfter = Integer.MAX_VALUE;
    private int refusalsToCome;
    private int status = 503;
    private boolean holdsAnswersBack;
    private boolean isDeaf;
    private boolean fallsSilent;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Export export = new Export("", false);

    private record Export(String body, boolean breaksOff) {}

    public RapportOfATest() throws IOException {
        this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    private RapportOfATest(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** One that is called by https. */
    public static RapportOfATest encrypted(SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new RapportOfATest(server);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next import is broken off when so many lines were answered; those after it are not. */
    public RapportOfATest breakingAfter(int lines) {
        breaksAfter = lines;
        return this;
    }

    /** So many requests are answered with a status before any is answered. */
    public RapportOfATest refusing(int requestsToCome, int withStatus) {
        refusalsToCome = requestsToCome;
        status = withStatus;
        return this;
    }

    /** A line is answered 503 the first time. */
    public RapportOfATest unavailableOnceFor(String line) {
        answers503.add(line);
        return this;
    }

    /** As behind a proxy that passes on nothing before the request is there as a whole. */
    public RapportOfATest holdingAnswersBack() {
        holdsAnswersBack = true;
        return this;
    }

    /** Imports are neither read nor answered, and yet nobody hangs up. */
    public RapportOfATest deafToImports() {
        isDeaf = true;
        return this;
    }

    /** What is asked for begins to come, and then there is nothing more, and yet nobody hangs up. */
    public RapportOfATest fallingSilentAfter(String body) {
        fallsSilent = true;
        return exporting(body, true);
    }

    public RapportOfATest exporting(String body, boolean breaksOff) {
        export = new Export(body, breaksOff);
        return this;
    }

    /** The lines of each import, as they were sent. */
    public synchronized List<List<String>> imports() {
        return imports.stream().map(List::copyOf).toList();
    }

    /** The paths that were asked, with their queries. */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** Who called, as each request said. */
    public synchronized List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    /** The forms that were asked for. */
    public synchronized List<String> accepted() {
        return List.copyOf(accepted);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            synchronized (this) {
                requests.add(path);
                authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
                accepted.add(exchange.getRequestHeaders().getFirst("Accept"));
            }
            if (path.endsWith("/caller")) {
                send(exchange, 200, "application/json", "{\"subject\": \"somebody\"}");
            } else if (refused()) {
                exchange.getResponseHeaders().add("Retry-After", "0");
                send(
                        exchange,
                        status,
                        "application/problem+json",
                        "{\"type\": \"/problems/p\", \"title\": \"Not now\", \"status\": " + status + "}");
            } else if (path.endsWith("/imports")) {
                takeIn(exchange);
            } else {
                send(exchange);
            }
        }
    }

    private synchronized boolean refused() {
        return refusalsToCome-- > 0;
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void send(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Rapport-Position", "1697");
        byte[] body = export.body.getBytes(StandardCharsets.UTF_8);
        // an answer that breaks off is one that has promised more
        exchange.sendResponseHeaders(200, export.breaksOff ? body.length + 1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().flush();
        if (fallsSilent) {
            awaitClosed();
        }
    }

    private void awaitClosed() throws IOException {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server of the test was closed");
        }
    }

    private void takeIn(HttpExchange exchange) throws IOException {
        if (isDeaf) {
            awaitClosed();
        }
        List<String> sent = new ArrayList<>();
        synchronized (this) {
            imports.add(sent);
        }
        exchange.getResponseHeaders().add("Content-Type", "application/x-ndjson");
        if (!holdsAnswersBack) {
            exchange.sendResponseHeaders(200, 0);
        }
        StringBuilder held = new StringBuilder();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(exchange.getRequestBody(), StandardCharsets.UTF_8));
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            synchronized (this) {
                sent.add(line);
            }
            if (number++ >= breaksAfter) {
                breaksAfter = Integer.MAX_VALUE;
                // whoever hangs up on somebody who still talks may take back what was said
                lines.lines().forEach(unheard -> {});
                throw new IOException("the server of the test breaks off");
            }
            held.append(answer(number, line));
            if (!holdsAnswersBack) {
                flush(exchange.getResponseBody(), held);
            }
        }
        if (holdsAnswersBack) {
            exchange.sendResponseHeaders(200, 0);
        }
        held.append("{\"lines\":").append(number).append("}\n");
        flush(exchange.getResponseBody(), held);
        exchange.getResponseBody().close();
    }

    private static void flush(OutputStream out, StringBuilder held) throws IOException {
        out.write(held.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
        held.setLength(0);
    }

    private synchronized String answer(int number, String line) {
        String id = id(line);
        if (answers503.remove(line)) {
            return told(Map.of("line", number, "status", 503, "problem", Map.of("title", "Not now", "status", 503)));
        }
        if (id.startsWith("no")) {
            return told(Map.of(
                    "line",
                    number,
                    "status",
                    400,
                    "problem",
                    Map.of(
                            "title",
                            "No",
                            "status",
                            400,
                            "errors",
                            List.of(Map.of("pointer", "/id", "detail", "begins with no")))));
        }
        return told(Map.of("line", number, "status", taken.add(line) ? 201 : 200, "id", id));
    }

    private static String told(Map<String, Object> answer) {
        return Json.of(answer) + "\n";
    }

    private static String id(String line) {
        try {
            return Json.read(line.getBytes(StandardCharsets.UTF_8)).get("id").text();
        } catch (MalformedJson e) {
            throw new UncheckedIOException(new IOException(e.where(), e));
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
