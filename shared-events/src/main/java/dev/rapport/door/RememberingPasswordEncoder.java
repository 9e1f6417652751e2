package dev.rapport.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Remembers for a while which passwords matched. HTTP Basic sends the password with every request, and a slow hash, which is what keeps
 * a stolen one safe, would cost every request a tenth of a second. What is remembered is salted by a secret of this process and never
 * leaves its memory; what did not match is not remembered, so guessing stays slow.
 */
final class RememberingPasswordEncoder implements PasswordEncoder {

    private final PasswordEncoder slow;
    private final byte[] secret = new byte[32];
    private final Cache<String, Boolean> matched = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofMinutes(5))
            .build();

    RememberingPasswordEncoder(PasswordEncoder slow) {
        this.slow = slow;
        new SecureRandom().nextBytes(secret);
    }

    @Override
    public @Nullable String encode(@Nullable CharSequence password) {
        return slow.encode(password);
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
        String pair = digest(password + "\n" + hash);
        if (matched.getIfPresent(pair) != null) {
            return true;
        }
        boolean matches = slow.matches(password, hash);
        if (matches) {
            matched.put(pair, true);
        }
        return matches;
    }

    private String digest(String text) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(secret);
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
