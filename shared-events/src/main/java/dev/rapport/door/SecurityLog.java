package dev.rapport.door;

import dev.rapport.events.access.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * What happened at the door, a line of JSON each: whom it turned away and why. It holds no token, no password and no name. Callers appear under
 * a pseudonym, the first 16 hex digits of the HMAC-SHA-256 of their name, so that what one of them tried can be seen together; whoever has
 * the key can tell who it was. JSON leaves no line break in a text, so no input can forge a line.
 */
final class SecurityLog {

    static final String LOGGER = "rapport.security";

    private static final Logger log = LoggerFactory.getLogger(LOGGER);
    private static final String HMAC = "HmacSHA256";
    private static final int PSEUDONYM_BYTES = 8;

    /** What is logged. */
    enum Kind {
        SIGN_IN_REFUSED,
        ACCESS_REFUSED,
        LIMIT_HIT,
        ERASURE_ASKED
    }

    private final SecretKeySpec key;
    private final Clock clock;
    private final JsonMapper json;

    /** @param key of the pseudonyms; without one they are good until the next start */
    SecurityLog(String key, Clock clock, JsonMapper json) {
        this.key = new SecretKeySpec(key.isEmpty() ? random() : key.getBytes(StandardCharsets.UTF_8), HMAC);
        this.clock = clock;
        this.json = json;
    }

    private static byte[] random() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return random;
    }

    void write(Kind kind, String why, HttpServletRequest request) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("at", Instant.now(clock).toString());
        line.put("kind", kind);
        line.put("why", why);
        line.put("operation", Operations.asked(request).map(Operation::id).orElse("none"));
        if (request.getUserPrincipal() != null) {
            line.put("caller", pseudonym(request.getUserPrincipal().getName()));
        }
        line.put("from", pseudonym(request.getRemoteAddr()));
        log.info(json.writeValueAsString(line));
    }

    String pseudonym(String name) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)), 0, PSEUDONYM_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + HMAC, impossible);
        }
    }
}
