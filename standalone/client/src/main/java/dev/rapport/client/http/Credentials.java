package dev.rapport.client.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Who calls, as the header says it; nobody, when there is none. */
public final class Credentials {

    private final Optional<String> header;

    private Credentials(Optional<String> header) {
        this.header = header;
    }

    public static Credentials none() {
        return new Credentials(Optional.empty());
    }

    public static Credentials basic(String user, String password) {
        return new Credentials(Optional.of("Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8))));
    }

    public static Credentials bearer(String token) {
        return new Credentials(Optional.of("Bearer " + token));
    }

    Optional<String> header() {
        return header;
    }
}
