package dev.rapport.query.seal;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the log is sealed.
 *
 * @param active whether this process seals; others may then, and this one still proves and verifies
 * @param connections how many to the event database at most, beside those of commands
 * @param role whom it is to the event database, where that is another one than whoever reads there
 * @param interval how long after a checkpoint the next one is made, when there are new events but not many
 * @param origin the log's name, in every checkpoint; that of the key unless given
 * @param key the private key, as C2SP signed notes write it; goes before the file
 * @param keyFile where it is kept
 * @param makeKey whether a log that was never sealed gets a new key, kept in that file
 * @param retiringKey the key until now, when another one is to take over at this start
 * @param retiringKeyFile where that one is kept
 * @param checkpointFile where checkpoints are appended, best out of reach of whoever can write to the database
 * @param webhook where checkpoints are posted
 */
@Validated
@ConfigurationProperties("rapport.seal")
record SealProperties(
        @DefaultValue("true") boolean active,
        @DefaultValue("4") @Min(3) int connections,
        @DefaultValue("500ms") @NotNull Duration interval,
        @Nullable @Valid Role role,
        @Nullable String origin,
        @Nullable String key,
        @Nullable Path keyFile,
        @DefaultValue("false") boolean makeKey,
        @Nullable String retiringKey,
        @Nullable Path retiringKeyFile,
        @Nullable Path checkpointFile,
        @Nullable URI webhook) {

    /** A role of the database. */
    record Role(@NotBlank String username, @DefaultValue("") String password) {}

    /** Without the keys, which must not get into any log. */
    @Override
    public String toString() {
        return "SealProperties[keyFile=" + keyFile + ", checkpointFile=" + checkpointFile + ", webhook=" + webhook
                + "]";
    }
}
