package dev.rapport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * The local users of the embedded default, one for each role that people try, all with one password: that of {@code
 * RAPPORT_DEMO_PASSWORD}, or one that the first start makes, prints once and keeps the hash of below the data directory.
 */
final class DemoUsers {

    private static final Logger log = LoggerFactory.getLogger(DemoUsers.class);

    private static final Map<String, String> ROLES = Map.of(
            "manager1", "RELATIONSHIP_MANAGER",
            "manager2", "RELATIONSHIP_MANAGER",
            "manager3", "RELATIONSHIP_MANAGER",
            "head", "HEAD_OF_RELATIONSHIPS",
            "auditor", "AUDITOR",
            "reporter", "REPORTER",
            "operator", "OPERATOR");

    private final Path hashFile;
    private final PasswordEncoder encoder;

    DemoUsers(Path dataDirectory, PasswordEncoder encoder) {
        this.hashFile = dataDirectory.resolve("demo-password.hash");
        this.encoder = encoder;
    }

    /**
     * The users, with the hash of the password.
     *
     * @param password from the environment; empty when there is none
     */
    List<UserDetails> users(String password) throws IOException {
        String hash = password.isEmpty() ? keptHash() : encoder.encode(password);
        return ROLES.entrySet().stream()
                .map(user -> User.withUsername(user.getKey())
                        .password(hash)
                        .roles(user.getValue())
                        .build())
                .toList();
    }

    private String keptHash() throws IOException {
        if (Files.exists(hashFile)) {
            return Files.readString(hashFile).strip();
        }
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        String made = HexFormat.of().formatHex(random);
        String hash = encoder.encode(made);
        Files.createDirectories(hashFile.getParent());
        Files.writeString(hashFile, hash, StandardOpenOption.CREATE_NEW);
        if (hashFile.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(hashFile, PosixFilePermissions.fromString("rw-------"));
        }
        log.info(
                "Sign in as {} with the password {} (made for this data directory, and not shown again)",
                String.join(", ", ROLES.keySet().stream().sorted().toList()),
                made);
        return hash;
    }
}
