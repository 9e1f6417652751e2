package dev.rapport.events.seal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A text with signatures under it, as <a href="https://c2sp.org/signed-note">C2SP signed-note</a> lays down. Parsed strictly: a note has one form. */
public final class SignedNote {

    private static final String SEPARATOR = "\n\n";
    private static final int MOST_SIGNATURES = 64;
    private static final int LARGEST = 1 << 20;

    private final String text;
    private final List<NoteSignature> signatures;

    private SignedNote(String text, List<NoteSignature> signatures) {
        this.text = text;
        this.signatures = List.copyOf(signatures);
    }

    /** A text, which ends with a newline, signed with each of the keys. */
    public static SignedNote sign(String text, SignerKey... keys) {
        if (keys.length == 0) {
            throw new IllegalArgumentException("a note is signed by somebody");
        }
        return new SignedNote(
                requireText(text), Stream.of(keys).map(key -> key.sign(text)).toList());
    }

    /** The same note with another signature under those that it has. */
    public SignedNote alsoSignedBy(SignerKey key) {
        return new SignedNote(
                text,
                Stream.concat(signatures.stream(), Stream.of(key.sign(text))).toList());
    }

    /** The note that was encoded to these bytes. Says nothing yet of whether its signatures are right. */
    public static SignedNote parse(byte[] encoded) {
        if (encoded.length > LARGEST) {
            throw new IllegalArgumentException("a note of more than " + LARGEST + " bytes");
        }
        String note = StrictText.decode(encoded);
        int separator = note.lastIndexOf(SEPARATOR);
        if (separator < 0 || !note.endsWith("\n") || separator + SEPARATOR.length() == note.length()) {
            throw new IllegalArgumentException("not a signed note");
        }
        String text = requireText(note.substring(0, separator + 1));
        List<NoteSignature> signatures = note.substring(separator + SEPARATOR.length(), note.length() - 1)
                .lines()
                .map(NoteSignature::parse)
                .toList();
        if (signatures.size() > MOST_SIGNATURES) {
            throw new IllegalArgumentException("a note with more than " + MOST_SIGNATURES + " signatures");
        }
        SignedNote parsed = new SignedNote(text, signatures);
        if (!parsed.toString().equals(note)) {
            throw new IllegalArgumentException("a note that is not in its canonical form");
        }
        return parsed;
    }

    public String text() {
        return text;
    }

    public List<NoteSignature> signatures() {
        return signatures;
    }

    /**
     * Those of the keys that signed it. Signatures of others are left alone, as the specification demands.
     *
     * @throws SealException when it bears a wrong signature of one of the keys, or none of any of them
     */
    public List<VerifierKey> verify(Collection<VerifierKey> keys) {
        List<VerifierKey> signers = new ArrayList<>();
        for (NoteSignature signature : signatures) {
            for (VerifierKey key : keys) {
                if (!key.isNamedBy(signature)) {
                    continue;
                }
                if (!key.verifies(text, signature)) {
                    throw new SealException("the signature of " + key + " is wrong");
                }
                if (!signers.contains(key)) {
                    signers.add(key);
                }
            }
        }
        if (signers.isEmpty()) {
            throw new SealException("it is signed by none of the keys "
                    + keys.stream().map(VerifierKey::toString).collect(Collectors.joining(", ")));
        }
        return List.copyOf(signers);
    }

    public byte[] encode() {
        return StrictText.encode(toString());
    }

    private static String requireText(String text) {
        boolean controlled = text.chars().anyMatch(c -> c < ' ' && c != '\n');
        if (controlled || !text.endsWith("\n")) {
            throw new IllegalArgumentException("a note is text without control characters that ends with a newline");
        }
        return text;
    }

    /** As it is written. */
    @Override
    public String toString() {
        return signatures.stream()
                .map(signature -> signature.line() + "\n")
                .collect(Collectors.joining("", text + "\n", ""));
    }
}
