package dev.rapport;

import dev.rapport.events.problem.SettingName;
import dev.rapport.events.problem.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Where everything is kept that settings do not put elsewhere.
 *
 * @param path absolute, so that {@code data} is as good as {@code ./data}, which H2 insists on
 */
record DataDirectory(ConfigurableEnvironment settings, Path path) {

    private static final String SETTING = "rapport.data-dir";
    private static final String NOT_WRITABLE = "nothing can be written to the data directory ";
    private static final String TO_BE_WRITABLE = StartRefused.adviceToWrite(new SettingName(SETTING), "directory");

    /** Looked at before several things are kept there. */
    static void prepare(ConfigurableEnvironment settings) {
        Path path =
                Path.of(settings.getRequiredProperty(SETTING)).toAbsolutePath().normalize();
        settings.getPropertySources()
                .addFirst(new MapPropertySource("absolute data directory", Map.of(SETTING, path.toString())));
        DataDirectory directory = new DataDirectory(settings, path);
        if (directory.isWrittenTo()) {
            directory.requireWritable();
        }
    }

    private boolean isWrittenTo() {
        return settings.getProperty("rapport.sample-data", Boolean.class, false)
                || Stream.of("rapport.events.url", "rapport.read.url", "rapport.audit.url")
                        .anyMatch(this::isNamedBy)
                || isToBeMade("rapport.master-key-file", "rapport.master-key-made", "rapport.master-key")
                || isToBeMade(
                        "rapport.identity.users-file",
                        "rapport.identity.users-made",
                        "rapport.demo.password",
                        "spring.security.oauth2.resourceserver.jwt.issuer-uri")
                || (settings.getProperty("rapport.seal.active", Boolean.class, true)
                        && isToBeMade("rapport.seal.key-file", "rapport.seal.make-key", "rapport.seal.key"));
    }

    private boolean isNamedBy(String setting) {
        return settings.getProperty(setting, "").contains(path + "/");
    }

    /** Not when it is there, nor when it may not be made, nor when other settings say what would be in it. */
    private boolean isToBeMade(String file, String allowed, String... instead) {
        return isNamedBy(file)
                && settings.getProperty(allowed, Boolean.class, false)
                && Files.notExists(Path.of(settings.getRequiredProperty(file)))
                && Stream.of(instead)
                        .allMatch(setting -> settings.getProperty(setting, "").isBlank());
    }

    private void requireWritable() {
        try {
            Files.createDirectories(path);
        } catch (IOException notMade) {
            throw new StartRefused(NOT_WRITABLE + path + ": " + notMade, TO_BE_WRITABLE, notMade);
        }
        if (!Files.isWritable(path)) {
            throw new StartRefused(NOT_WRITABLE + path, TO_BE_WRITABLE);
        }
    }
}
