package dev.rapport.query.seal;

import dev.rapport.events.problem.SettingName;
import dev.rapport.events.problem.StartRefused;
import dev.rapport.events.seal.Checkpoint;
import dev.rapport.events.seal.Hash;
import dev.rapport.events.seal.LogKeys;
import dev.rapport.events.seal.SignedNote;
import dev.rapport.events.seal.SignerKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the key to go on with at the start: begins the seal of a log that has none, puts another key in charge when told to, and otherwise
 * stops the start rather than sign with a key that nobody expects.
 */
final class SealOpening {

    private static final SettingName KEY = new SettingName("rapport.seal.key");
    private static final SettingName KEY_FILE = new SettingName("rapport.seal.key-file");
    private static final String NAME_OF_NOBODY = "rapport.local/";

    private final SealTable table;
    private final SealProperties properties;
    private final Clock clock;

    SealOpening(SealTable table, SealProperties properties, Clock clock) {
        this.table = table;
        this.properties = properties;
        this.clock = clock;
    }

    /** The key that is in charge from now on. */
    SignerKey open() {
        return table.inTransaction(() -> {
            SealHead head = table.waitForHead();
            SignerKey key = table.keys().map(keys -> goOn(keys, head)).orElseGet(() -> begin(head));
            String origin = properties.origin();
            if (origin != null && !origin.isEmpty() && !origin.equals(key.name())) {
                throw new StartRefused(
                        "rapport.seal.origin is " + origin + ", but the key of the seal is " + key.name()
                                + "'s; a log keeps its origin for good",
                        "set " + new SettingName("rapport.seal.origin") + " to that, or to nothing");
            }
            return key;
        });
    }

    private SignerKey begin(SealHead head) {
        if (head.treeSize() > 0) {
            throw new ContradictedSeal("the seal has lost its keys");
        }
        SignerKey key = configured()
                .orElseGet(() -> make(newOrigin())
                        .orElseThrow(() -> new StartRefused(
                                "there is no key to seal the event log with",
                                "set " + KEY + ", or " + KEY_FILE
                                        + " to a file that has one (with rapport.seal.make-key=true one is made there),"
                                        + " or rapport.seal.active=false where another node seals")));
        table.addFirstKey(key.verifierKey(), clock.instant());
        table.addCheckpoint(0, new Checkpoint(key.name(), 0, Hash.ofNothing()).sign(key), clock.instant());
        return key;
    }

    private SignerKey goOn(LogKeys keys, SealHead head) {
        Optional<SignerKey> retiring =
                SealKeys.read("retiring-key", properties.retiringKey(), properties.retiringKeyFile());
        boolean retires = retiring.isPresent() && isInCharge(retiring.get(), keys);
        SignerKey key = configured()
                .or(() -> retires ? make(keys.origin()) : Optional.empty())
                .orElseThrow(() -> new StartRefused(
                        "the event log is sealed with the key " + keys.current() + ", which is missing",
                        "bring it back to " + whereKeyBelongs()
                                + ". No other key is made in its place, since that would not be told from a log that"
                                + " somebody has rewritten"));
        if (isInCharge(key, keys)) {
            return key;
        }
        if (!retires) {
            throw new StartRefused(
                    "the event log is sealed with the key " + keys.current() + ", but the one at hand is "
                            + key.verifierKey(),
                    "bring the right one, or, to have this one take over, give the other as "
                            + new SettingName("rapport.seal.retiring-key") + " or "
                            + new SettingName("rapport.seal.retiring-key-file"));
        }
        SealEdge edge = SealEdge.at(head, new TiledNodes(table), table);
        new ProvenHead(table).require(edge, keys);
        SignedNote rotation =
                LogKeys.rotation(new Checkpoint(keys.origin(), head.treeSize(), edge.root()), retiring.get(), key);
        LogKeys rotated = keys.rotated(rotation);
        table.addSuccessor(rotated.keys().size() - 1, key.verifierKey(), head.treeSize(), rotation, clock.instant());
        return key;
    }

    private static boolean isInCharge(SignerKey key, LogKeys keys) {
        return key.verifierKey().equals(keys.current());
    }

    private Optional<SignerKey> configured() {
        return SealKeys.read("key", properties.key(), properties.keyFile());
    }

    private Optional<SignerKey> make(String origin) {
        Path file = properties.keyFile();
        return properties.makeKey() && file != null && !SealKeys.isNone(file)
                ? Optional.of(SealKeys.make(origin, file))
                : Optional.empty();
    }

    private String newOrigin() {
        String origin = properties.origin();
        return origin != null && isGiven(origin) ? origin : NAME_OF_NOBODY + random();
    }

    private static boolean isGiven(@Nullable String text) {
        return text != null && !text.isEmpty();
    }

    private static String random() {
        byte[] random = new byte[6];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private String whereKeyBelongs() {
        Path file = properties.keyFile();
        return SealKeys.isNone(file) ? KEY + " or " + KEY_FILE : String.valueOf(file);
    }
}
