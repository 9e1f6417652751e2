package dev.rapport.query.seal;

import dev.rapport.events.seal.SignedNote;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Somebody's endpoint that takes checkpoints: the note as it is, as the body of a POST. Any status but a 2xx is a failure. */
final class WebhookEndpoint implements CheckpointDestination {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI address;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    WebhookEndpoint(URI address) {
        this.address = address;
    }

    /** Without what may be a secret in the address. */
    @Override
    public String name() {
        return "the webhook at " + address.getHost();
    }

    @Override
    public void deliver(SignedNote checkpoint) throws IOException, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(BodyPublishers.ofByteArray(checkpoint.encode()))
                .build();
        int status = http.send(post, BodyHandlers.discarding()).statusCode();
        if (status / 100 != 2) {
            throw new IOException("it answered " + status);
        }
    }
}
