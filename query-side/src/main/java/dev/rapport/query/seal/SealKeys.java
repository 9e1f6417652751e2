package dev.rapport.query.seal;

import dev.rapport.events.problem.SettingName;
import dev.rapport.events.problem.StartRefused;
import dev.rapport.events.seal.SignerKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Private keys where they are kept: in the environment, or in a file that only its owner reads. */
final class SealKeys {

    private static final Logger logger = LoggerFactory.getLogger(SealKeys.class);

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

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

    /** A new key, on the disk before anybody signs with it. */
    static SignerKey make(String name, Path file) {
        SignerKey key = SignerKey.generate(name);
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (FileChannel channel = FileChannel.open(file, options, ownerOnly(file))) {
                channel.write(ByteBuffer.wrap((key.secret() + "\n").getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
        } catch (IOException unwritable) {
            throw new StartRefused(
                    "the key of the seal cannot be kept in " + file + ": " + unwritable,
                    "have whoever runs Rapport be allowed to write there, or set "
                            + new SettingName("rapport.seal.key-file") + " to another file");
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

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return isPosix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static void warnWhenOthersMayRead(Path file) throws IOException {
        if (isPosix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            logger.warn("{} holds the key of the seal and can be read by others than its owner; chmod 600 it.", file);
        }
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private SealKeys() {}
}
