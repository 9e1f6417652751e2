package dev.rapport.events.seal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a log says of itself at one size, as <a href="https://c2sp.org/tlog-checkpoint">C2SP tlog-checkpoint</a> lays down: whoever keeps a
 * signed one can tell later whether the log still begins like this.
 *
 * @param origin the log's name
 * @param size how many leaves its tree has
 * @param root the tree's root at that size
 * @param extensions further lines, which mean what whoever wrote them says
 */
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {

    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,18}");

    public Checkpoint {
        extensions = List.copyOf(extensions);
        requireLine(origin);
        extensions.forEach(Checkpoint::requireLine);
        if (size < 0) {
            throw new IllegalArgumentException("no log has " + size + " leaves");
        }
        if (size == 0 && !root.equals(Hash.ofNothing())) {
            throw new IllegalArgumentException("an empty log has another root");
        }
    }

    public Checkpoint(String origin, long size, Hash root) {
        this(origin, size, root, List.of());
    }

    /** The checkpoint that a note is about. */
    public static Checkpoint of(SignedNote note) {
        return parse(note.text());
    }

    /** The checkpoint with this text. */
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length < 4 || !lines[lines.length - 1].isEmpty()) {
            throw new IllegalArgumentException("a checkpoint has an origin, a size and a root");
        }
        Checkpoint parsed = new Checkpoint(
                lines[0],
                size(lines[1]),
                Hash.fromBase64(lines[2]),
                List.of(lines).subList(3, lines.length - 1));
        if (!parsed.text().equals(text)) {
            throw new IllegalArgumentException("a checkpoint that is not in its canonical form");
        }
        return parsed;
    }

    /**
     * The checkpoints in a file that they are appended to, each with an empty line behind it, oldest first. What is none is left out: whoever
     * crashes while appending leaves a part of one.
     */
    public static List<SignedNote> notesIn(byte[] file) {
        List<SignedNote> notes = new ArrayList<>();
        StringBuilder note = new StringBuilder();
        boolean signed = false;
        boolean empty = true;
        for (String line : StrictText.decode(file).split("\n", -1)) {
            boolean isSignature = NoteSignature.isLine(line);
            if (signed && !isSignature) {
                noteIn(note.toString()).ifPresent(notes::add);
            }
            if (!isSignature && (signed || empty)) {
                note.setLength(0);
            }
            if (!line.isEmpty() || !note.isEmpty()) {
                note.append(line).append('\n');
            }
            signed = isSignature;
            empty = line.isEmpty();
        }
        return List.copyOf(notes);
    }

    private static Optional<SignedNote> noteIn(String part) {
        try {
            SignedNote note = SignedNote.parse(StrictText.encode(part));
            parse(note.text());
            return Optional.of(note);
        } catch (IllegalArgumentException cutOff) {
            return Optional.empty();
        }
    }

    /** The text to be signed. */
    public String text() {
        String text = origin + "\n" + size + "\n" + root.base64() + "\n";
        return extensions.isEmpty() ? text : text + String.join("\n", extensions) + "\n";
    }

    public SignedNote sign(SignerKey... keys) {
        return SignedNote.sign(text(), keys);
    }

    private static long size(String decimal) {
        if (!DECIMAL.matcher(decimal).matches()) {
            throw new IllegalArgumentException("a checkpoint without a size");
        }
        return Long.parseLong(decimal);
    }

    private static void requireLine(String line) {
        if (line.isEmpty() || line.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("a checkpoint has no empty lines and no control characters");
        }
    }
}
