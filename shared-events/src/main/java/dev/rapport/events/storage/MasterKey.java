package dev.rapport.events.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rapport.events.problem.SettingName;
import dev.rapport.events.problem.StartRefused;
import dev.rapport.events.secret.OwnersFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The key that wraps all others, 256 bits in Base64. It is kept outside of every database, by whoever runs Rapport: without it the personal
 * data of the event log cannot be read, and a copy of the database alone gives none of it away.
 */
public final class MasterKey {

    private static final int NAME_BYTES = 8;
    private static final SettingName KEY = new SettingName("rapport.master-key");
    private static final SettingName KEY_FILE = new SettingName("rapport.master-key-file");
    private static final String ADVICE = "set " + KEY + ", or " + KEY_FILE + " to a file that holds it: the key that"
            + " personal data was encrypted with, or, while there is none, 32 random bytes in Base64 (openssl rand"
            + " -base64 " + AesGcm.KEY_BYTES + ")";
    private static final String NAMING = "the name of a master key of Rapport";

    private final SecretKey key;
    private final String name;
    private final AesGcm boxes = new AesGcm(new SecureRandom());

    private MasterKey(byte[] key) {
        this.key = new SecretKeySpec(key, AesGcm.ALGORITHM);
        byte[] named = ByteBuffer.allocate(NAMING.length() + key.length)
                .put(NAMING.getBytes(US_ASCII))
                .put(key)
                .array();
        this.name = HexFormat.of().formatHex(new Hashes().sha256(named), 0, NAME_BYTES);
    }

    /**
     * The key that this text is.
     *
     * @param origin where the text is from, for whoever has to mend it
     */
    public static MasterKey of(String base64, String origin) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException malformed) {
            throw new UnusableMasterKeyException("the master key in " + origin + " is not Base64", ADVICE);
        }
        if (key.length != AesGcm.KEY_BYTES) {
            throw new UnusableMasterKeyException(
                    "the master key in " + origin + " has " + key.length + " bytes, not " + AesGcm.KEY_BYTES, ADVICE);
        }
        return new MasterKey(key);
    }

    /** What to tell whoever named no key at all. */
    public static UnusableMasterKeyException missing() {
        return new UnusableMasterKeyException("there is no master key to encrypt personal data with", ADVICE);
    }

    /** The key that a file holds. */
    public static MasterKey ofFile(Path file) {
        try {
            return of(Files.readString(file), file.toString());
        } catch (IOException unreadable) {
            throw new UnusableMasterKeyException(
                    "the master key's file " + file + " cannot be read: " + unreadable, ADVICE);
        }
    }

    /** The key that a file holds, which is made, for its owner's eyes only, when it is not there and nothing was encrypted yet. */
    public static MasterKey ofFileOrNew(Path file, Supplier<Boolean> needed) {
        if (!Files.exists(file)) {
            if (needed.get()) {
                throw new UnusableMasterKeyException(
                        "the master key's file " + file + " is gone, and the event log holds"
                                + " personal data that only this key can open",
                        "bring the file back, or set " + KEY + " to what was in it");
            }
            make(file);
        }
        return ofFile(file);
    }

    private static void make(Path file) {
        String key = Base64.getEncoder().encodeToString(new AesGcm(new SecureRandom()).random(AesGcm.KEY_BYTES));
        try {
            OwnersFile.make(file, key + "\n");
        } catch (FileAlreadyExistsException anotherWasFaster) {
            return;
        } catch (IOException notWritable) {
            throw new UnusableMasterKeyException(
                    "the master key could not be written to " + file + ": " + notWritable,
                    StartRefused.adviceToWrite(KEY_FILE, "file"));
        }
    }

    /** What tells this key from others, and nothing of the key itself. */
    String name() {
        return name;
    }

    /** Wraps another key, which belongs to a place. */
    byte[] wrap(byte[] other, String place) {
        return boxes.close(key, other, place.getBytes(UTF_8));
    }

    byte @Nullable [] unwrap(byte[] wrapped, String place) {
        return boxes.open(key, wrapped, place.getBytes(UTF_8));
    }

    @Override
    public String toString() {
        return "master key " + name;
    }
}
