package dev.rapport.events.seal;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A consistency proof with the checkpoint that it leads to, written as <a href="https://c2sp.org/tlog-witness">C2SP tlog-witness</a> has a
 * log send them to a witness.
 *
 * @param from the older size
 */
public record TlogConsistency(long from, List<Hash> path, SignedNote checkpoint) {

    private static final Pattern OLD = Pattern.compile("old (0|[1-9][0-9]{0,18})");

    public TlogConsistency {
        path = List.copyOf(path);
    }

    public static TlogConsistency of(ConsistencyProof proof, SignedNote checkpoint) {
        return new TlogConsistency(proof.from(), proof.path(), checkpoint);
    }

    public static TlogConsistency parse(byte[] encoded) {
        String text = StrictText.decode(encoded);
        int end = text.indexOf("\n\n");
        if (end < 0) {
            throw new IllegalArgumentException("a proof without a checkpoint");
        }
        List<String> lines = Arrays.asList(text.substring(0, end).split("\n", -1));
        Matcher from = OLD.matcher(lines.get(0));
        if (!from.matches()) {
            throw new IllegalArgumentException("a consistency proof begins with the old size");
        }
        return new TlogConsistency(
                Long.parseLong(from.group(1)),
                lines.subList(1, lines.size()).stream().map(Hash::fromBase64).toList(),
                SignedNote.parse(StrictText.encode(text.substring(end + 2))));
    }

    /** What is to be verified against a checkpoint of that size. */
    public ConsistencyProof to(long size) {
        return new ConsistencyProof(from, size, path);
    }

    public byte[] encode() {
        return StrictText.encode(toString());
    }

    /** As it is written. */
    @Override
    public String toString() {
        return Stream.concat(Stream.of("old " + from), path.stream().map(Hash::base64))
                .collect(Collectors.joining("\n", "", "\n\n" + checkpoint));
    }
}
