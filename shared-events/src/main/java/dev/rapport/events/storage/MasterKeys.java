package dev.rapport.events.storage;

import dev.rapport.events.problem.SettingName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The master keys that a node has: the current one, which wraps, and those that came before it, by which keys may still be wrapped.
 *
 * @param former the newest first; none for who never changed the master key
 */
public record MasterKeys(MasterKey current, List<MasterKey> former) {

    public MasterKeys {
        former = List.copyOf(former);
    }

    /** The only one that there ever was. */
    public static MasterKeys only(MasterKey current) {
        return new MasterKeys(current, List.of());
    }

    /**
     * The keys that settings name, each as it is or else by the file that holds it; empty where nothing is set.
     *
     * @throws UnusableMasterKeyException when there is no current one, or one of them is none
     */
    public static MasterKeys named(String key, String file, String formerKey, String formerFile) {
        MasterKey current = named(key, "rapport.master-key", file).orElseThrow(MasterKey::missing);
        return new MasterKeys(
                current,
                named(formerKey, "rapport.former-master-key", formerFile).stream()
                        .toList());
    }

    private static Optional<MasterKey> named(String key, String setting, String file) {
        if (!key.isBlank()) {
            return Optional.of(MasterKey.of(key, setting));
        }
        return file.isBlank() ? Optional.empty() : Optional.of(MasterKey.ofFile(Path.of(file)));
    }

    byte[] unwrap(byte[] wrapped, String by, String place) {
        MasterKey master = named(by);
        byte[] key = master == null ? null : master.unwrap(wrapped, place);
        if (key == null) {
            throw new UnusableMasterKeyException(
                    "the keys of personal data are wrapped by the master key " + by + ", and this is " + current.name(),
                    "name the key that they are wrapped by, as " + new SettingName("rapport.master-key")
                            + " or, when the key was changed, as " + new SettingName("rapport.former-master-key"));
        }
        return key;
    }

    private @Nullable MasterKey named(String name) {
        if (current.name().equals(name)) {
            return current;
        }
        return former.stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
