package dev.rapport.query.seal;

import dev.rapport.events.problem.SettingName;
import dev.rapport.events.problem.StartRefused;
import dev.rapport.events.seal.SignerKey;
import dev.rapport.events.secret.OwnersFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Private keys where they are kept: in the environment, or in a file that only its owner reads. */
final class SealKeys {

    private static final Logger logger = LoggerFactory.getLogger(SealKeys.class);

    /** The key that is written out, or else the one in the file; nothing when there is neither. */
    static Optional<SignerKey> read(String setting, @Nullable String written, @Nullable Path file) {
        if (written != null && !written.isBlank()) {
            return Optional.of(parse(written, "rapport.seal." + setting, setting));
        }
        if (file == null || isNone(file) || Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            warnWhenOthersMayRead(file);
            return Optional.of(parse(Files.readString(file), file.toString(), setting));
        } catch (IOException unreadable) {
            throw new StartRefused(
                    "the key of the seal cannot be read from " + file + ": " + unreadable, bringRightOne(setting));
        }
    }

    /** A new key, on the disk before anybody signs with it; or the one that another process made meanwhile. */
    static SignerKey make(String name, Path file) {
        SignerKey key = SignerKey.generate(name);
        try {
            OwnersFile.make(file, key.secret() + "\n");
        } catch (FileAlreadyExistsException anotherWasFaster) {
            return read("key", null, file).orElseThrow();
        } catch (IOException unwritable) {
            throw new StartRefused(
                    "the key of the seal cannot be kept in " + file + ": " + unwritable,
                    StartRefused.adviceToWrite(new SettingName("rapport.seal.key-file"), "file"));
        }
        logger.info(
                "Made a key for the seal of the event log, kept in {}. Keep a copy elsewhere: without it the seal"
                        + " cannot go on. Its public part is {}",
                file,
                key.verifierKey());
        return key;
    }

    static boolean isNone(@Nullable Path file) {
        return file == null || file.toString().isEmpty();
    }

    private static SignerKey parse(String written, String where, String setting) {
        try {
            return SignerKey.parse(written.strip());
        } catch (IllegalArgumentException malformed) {
            // without what it says: it may be most of a key
            throw new StartRefused(
                    where + " holds no key of a seal: " + malformed.getMessage(), bringRightOne(setting));
        }
    }

    private static String bringRightOne(String setting) {
        String name = "rapport.seal." + setting;
        return "set " + new SettingName(name) + ", or " + new SettingName(name + "-file")
                + " to a file that holds it; docs/seal.md says what it looks like";
    }

    private static void warnWhenOthersMayRead(Path file) throws IOException {
        if (OwnersFile.isOpenToOthers(file)) {
            logger.warn("{} holds the key of the seal and can be read by others than its owner; chmod 600 it.", file);
        }
    }

    private SealKeys() {}
}
