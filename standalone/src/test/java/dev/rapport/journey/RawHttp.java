package dev.rapport.journey;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes requests byte by byte, as no client would that minds its manners. */
record RawHttp(String server) {

    private static final int PATIENCE_MILLIS = 60_000;

    /**
     * What came back.
     *
     * @param body empty where the answer is one that goes on and on
     */
    record Answer(int status, List<String> headers, String body) {

        boolean isProblem() {
            return headers.stream()
                    .anyMatch(header ->
                            header.toLowerCase(Locale.ROOT).matches("content-type: application/problem\\+json.*"));
        }

        boolean has(String header) {
            return headers.stream().anyMatch(line -> line.regionMatches(true, 0, header + ":", 0, header.length() + 1));
        }

        JsonNode json() {
            return body.startsWith("{")
                    ? JsonMapper.shared().readTree(body)
                    : JsonMapper.shared().nullNode();
        }
    }

    /** A header that is sent as it is: a character is a byte. */
    static String header(String name, String value) {
        return name + ": " + value;
    }

    static String signedInAs(String user) {
        return header(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (user + ":" + RunningRapport.PASSWORD).getBytes(StandardCharsets.UTF_8)));
    }

    /** Sends a request of which every character is sent as one byte, with a body that may be empty, and hangs up after the answer. */
    Answer send(String method, String target, List<String> headers, byte[] body) throws IOException {
        List<String> lines = new ArrayList<>(List.of(method + " " + target + " HTTP/1.1", "Host: rapport"));
        lines.addAll(headers);
        if (body.length > 0 || method.equals("POST")) {
            lines.add("Content-Length: " + body.length);
        }
        lines.add("Connection: close\r\n\r\n");
        URI address = URI.create(server);
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.write(String.join("\r\n", lines).getBytes(StandardCharsets.ISO_8859_1));
            request.write(body);
            try {
                request.writeTo(socket.getOutputStream());
            } catch (IOException refusedEarly) {
                // an answer may be there all the same, and is read below
                return answer(new BufferedInputStream(socket.getInputStream()));
            }
            return answer(new BufferedInputStream(socket.getInputStream()));
        }
    }

    private static Answer answer(InputStream in) throws IOException {
        String first = line(in);
        List<String> headers = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            headers.add(line);
        }
        Answer answer = new Answer(first.isEmpty() ? 0 : Integer.parseInt(first.split(" ", -1)[1]), headers, "");
        return headers.stream()
                        .anyMatch(header -> header.toLowerCase(Locale.ROOT).contains("text/event-stream"))
                ? answer
                : new Answer(answer.status, headers, body(in, answer));
    }

    private static String body(InputStream in, Answer answer) throws IOException {
        if (!answer.has("Transfer-Encoding")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int length = Integer.parseInt(line(in), 16); length > 0; length = Integer.parseInt(line(in), 16)) {
            body.write(in.readNBytes(length));
            line(in);
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
