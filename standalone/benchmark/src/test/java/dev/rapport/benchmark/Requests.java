package dev.rapport.benchmark;

import dev.rapport.benchmark.subject.Step;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/** The steps as requests; all servers that are measured take the same. */
final class Requests {

    static final String PASSWORD = "a password";

    private Requests() {}

    static byte[] of(Step step) {
        String path = "/api/v1/relationships/" + step.relationshipId();
        return switch (step.kind()) {
            case ESTABLISHED -> throw new IllegalArgumentException("was filled in");
            case INTERACTION -> post(path + "/interactions", """
                {"id":"%s","channel":"MEETING","summary":"%s","participants":["%s"],"sentiment":1}\
                """.formatted(step.id(), step.text(), step.person()));
            case COMMITMENT -> post(path + "/commitments", """
                {"id":"%s","madeBy":"THEM","statement":"%s","dueOn":"%s"}\
                """.formatted(step.id(), step.text(), step.dueOn()));
            case FULFILMENT ->
                post(path + "/commitments/" + step.commitmentId() + "/fulfilments", """
                    {"note":"%s"}\
                    """.formatted(step.text()));
            case DISCLOSURE -> post(path + "/disclosures", """
                {"id":"%s","madeBy":"THEM","kind":"STATUS","subject":"%s"}\
                """.formatted(step.id(), step.text()));
            case CONTRIBUTION -> post(path + "/contributions", """
                {"id":"%s","givenBy":"US","statement":"%s"}\
                """.formatted(step.id(), step.text()));
        };
    }

    private static byte[] post(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        byte[] head = (head("POST", path, "head") + "Content-Type: application/json\r\nIdempotency-Key: \""
                        + UUID.randomUUID() + "\"\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    static byte[] post(String path, String json, String user) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return (head("POST", path, user) + "Content-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\n\r\n" + json)
                .getBytes(StandardCharsets.UTF_8);
    }

    static byte[] get(String path, String user) {
        return (head("GET", path, user) + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    /** A query that is answered when the read models show a write. */
    static byte[] getSeeing(String token, String path, String user) {
        return (head("GET", path, user) + "Consistency-Token: " + token + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The beginning of a request, without the empty line that ends it. */
    static String head(String method, String path, String user) {
        String credentials =
                Base64.getEncoder().encodeToString((user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic " + credentials + "\r\n";
    }
}
