package dev.rapport.query;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who takes webhooks, verifies them by the letter of the specification, and may be out of order. */
final class Receiver implements AutoCloseable {

    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final HttpServer server;
    private final List<Message> taken = new ArrayList<>();
    private final List<Message> refused = new ArrayList<>();
    private volatile ToIntFunction<Message> answer = _ -> 204;

    /** What came; {@code signatures} are all that the header lists. */
    record Message(String id, long timestamp, List<String> signatures, String contentType, String body) {

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        long position() {
            return json().at("/data/position").asLong();
        }

        String stream() {
            return json().get("subject").asString();
        }

        boolean isSignedWith(String secret) {
            try {
                byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                byte[] expected = mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
                return signatures.contains("v1," + Base64.getEncoder().encodeToString(expected));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/hook", this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?for=rapport";
    }

    /** From now on answers with these statuses. */
    void answers(ToIntFunction<Message> answer) {
        this.answer = answer;
    }

    private void take(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        var message = new Message(
                headers.getFirst("webhook-id"),
                Long.parseLong(headers.getFirst("webhook-timestamp")),
                Arrays.asList(headers.getFirst("webhook-signature").split(" ")),
                headers.getFirst("Content-Type"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        int status = answer.applyAsInt(message);
        synchronized (this) {
            (status / 100 == 2 ? taken : refused).add(message);
            notifyAll();
        }
        exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    synchronized List<Message> taken() {
        return List.copyOf(taken);
    }

    synchronized List<Message> refused() {
        return List.copyOf(refused);
    }

    /** What was taken up to a position. */
    synchronized List<Message> until(long position) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (taken.stream().noneMatch(message -> message.position() >= position)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("position " + position + " never came; taken "
                        + taken.stream().map(Message::position).toList() + ", refused "
                        + refused.stream().map(Message::position).toList());
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return taken();
    }

    static List<Long> positions(List<Message> messages) {
        return messages.stream().map(Message::position).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
