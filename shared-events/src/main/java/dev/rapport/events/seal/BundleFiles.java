package dev.rapport.events.seal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The files of a bundle, version 1: their names, in their order, and the form of those that are made of what others say. */
final class BundleFiles {

    static final String README = "README.txt";
    static final String VERIFIER = "verifier.jar";
    static final String KEYS = "keys.txt";
    static final String CHECKPOINT = "checkpoint.txt";
    static final String OLDER_CHECKPOINT = "older/checkpoint.txt";
    static final String OLDER_CONSISTENCY = "older/consistency.txt";
    static final String LISTING = "listing.txt";
    static final String TEXTS = "texts.ndjson";
    static final String MANIFEST = "manifest.txt";

    /** Control characters, line separators and marks, and those that change the direction of writing. */
    private static final Pattern DECEPTIVE =
            Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff]");

    private static final String FORMAT = "rapport-bundle-v1";

    static String rotation(int number) {
        return String.format(Locale.ROOT, "rotations/%04d.txt", number);
    }

    /** As it was sealed. */
    static String event(long sequenceNumber) {
        return String.format(Locale.ROOT, "events/%07d.event", sequenceNumber);
    }

    static String proof(long sequenceNumber) {
        return String.format(Locale.ROOT, "events/%07d.tlog-proof", sequenceNumber);
    }

    /** For people. */
    static String text(long sequenceNumber) {
        return String.format(Locale.ROOT, "events/%07d.txt", sequenceNumber);
    }

    /** All names that a bundle has, which its reader insists on. */
    static List<String> names(int rotations, boolean older, int events) {
        List<String> names = new ArrayList<>(List.of(README, VERIFIER, KEYS));
        for (int i = 1; i <= rotations; i++) {
            names.add(rotation(i));
        }
        names.add(CHECKPOINT);
        if (older) {
            names.add(OLDER_CHECKPOINT);
            names.add(OLDER_CONSISTENCY);
        }
        for (int i = 0; i < events; i++) {
            names.add(event(i));
            names.add(proof(i));
            names.add(text(i));
        }
        names.add(LISTING);
        names.add(TEXTS);
        names.add(MANIFEST);
        return names;
    }

    static byte[] keys(Collection<VerifierKey> keys) {
        StringBuilder lines = new StringBuilder();
        keys.forEach(key -> lines.append(key).append('\n'));
        return StrictText.encode(lines.toString());
    }

    /** An event for people to read: columns, then payload and metadata as they are. */
    static byte[] text(SealedEvent event) {
        return StrictText.encode("position         " + event.position() + "\n"
                + "event id         " + printable(event.eventId()) + "\n"
                + "stream type      " + printable(event.streamType()) + "\n"
                + "stream           " + printable(event.stream()) + "\n"
                + "sequence number  " + event.sequenceNumber() + "\n"
                + "event type       " + printable(event.eventType()) + "\n"
                + "revision         " + printable(event.revision()) + "\n"
                + "recorded at      " + event.recordedAt() + "\n"
                + "\npayload\n" + readable(event.payload()) + "\n"
                + "\nmetadata\n" + readable(event.metadata()) + "\n");
    }

    /** The line of an event in the listing; tabs between the columns, so that a spreadsheet can open it. */
    static String listed(ProvenEvent proven) {
        SealedEvent event = proven.event();
        return String.join(
                "\t",
                Long.toString(event.sequenceNumber()),
                Long.toString(event.position()),
                Long.toString(proven.proof().index()),
                event.recordedAt().toString(),
                printable(event.eventType()),
                printable(event.revision()),
                printable(event.eventId()));
    }

    static byte[] listing(List<String> listed) {
        return StrictText.encode("sequence number\tposition\tleaf\trecorded at\tevent type\trevision\tevent id\n"
                + String.join("\n", listed) + "\n");
    }

    /** What an event says, for those who may read its texts: a line of JSON. */
    static String said(long sequenceNumber, String json) {
        return "{\"sequenceNumber\":" + sequenceNumber + ",\"says\":" + json + "}\n";
    }

    /**
     * What the log signs for: every other file by its hash. Cannot be mistaken for a checkpoint, whose second line is a number.
     *
     * @param hashes by name, in the order of the files
     */
    static String manifest(String origin, String stream, int events, Map<String, String> hashes) {
        StringBuilder text = new StringBuilder();
        text.append(FORMAT).append('\n');
        text.append("log ").append(origin).append('\n');
        text.append("stream ").append(stream).append('\n');
        text.append("events ").append(events).append('\n');
        hashes.forEach((name, hash) -> text.append(listed(name, hash)).append('\n'));
        return text.toString();
    }

    /** As sha256sum does it. */
    static String listed(String name, String hash) {
        return hash + "  " + name;
    }

    static String sha256(byte[] content) {
        return HexFormat.of().formatHex(Sha256.of(content));
    }

    /** Without what could make a terminal or a reader see something else; by a rule of ours, since Java's categories change with Unicode. */
    static String printable(String text) {
        return DECEPTIVE.matcher(text).replaceAll("?");
    }

    private static String readable(byte[] bytes) {
        try {
            return StrictText.decode(bytes);
        } catch (IllegalArgumentException notText) {
            return HexFormat.of().formatHex(bytes);
        }
    }

    private BundleFiles() {}
}
