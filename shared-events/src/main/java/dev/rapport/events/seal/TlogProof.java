package dev.rapport.events.seal;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An inclusion proof with the checkpoint that it leads to, as <a href="https://c2sp.org/tlog-proof">C2SP tlog-proof</a> writes them, so that
 * others' programs can check it. Of extra data, which the format has a line for, we have none.
 */
public record TlogProof(long index, List<Hash> path, SignedNote checkpoint) {

    private static final String FORMAT = "c2sp.org/tlog-proof@v1";
    private static final Pattern INDEX = Pattern.compile("index (0|[1-9][0-9]{0,18})");

    public TlogProof {
        path = List.copyOf(path);
    }

    public static TlogProof of(InclusionProof proof, SignedNote checkpoint) {
        return new TlogProof(proof.index(), proof.path(), checkpoint);
    }

    public static TlogProof parse(byte[] encoded) {
        String text = StrictText.decode(encoded);
        int end = text.indexOf("\n\n");
        if (end < 0) {
            throw new IllegalArgumentException("a proof without a checkpoint");
        }
        List<String> lines = Arrays.asList(text.substring(0, end).split("\n", -1));
        Matcher index = INDEX.matcher(lines.size() > 1 ? lines.get(1) : "");
        if (!lines.get(0).equals(FORMAT) || !index.matches()) {
            throw new IllegalArgumentException("not a proof of the format " + FORMAT);
        }
        return new TlogProof(
                Long.parseLong(index.group(1)),
                lines.subList(2, lines.size()).stream().map(Hash::fromBase64).toList(),
                SignedNote.parse(StrictText.encode(text.substring(end + 2))));
    }

    /** What is to be verified against a checkpoint of that size. */
    public InclusionProof at(long size) {
        return new InclusionProof(index, size, path);
    }

    public byte[] encode() {
        return StrictText.encode(toString());
    }

    /** As it is written. */
    @Override
    public String toString() {
        return Stream.concat(Stream.of(FORMAT, "index " + index), path.stream().map(Hash::base64))
                .collect(Collectors.joining("\n", "", "\n\n" + checkpoint));
    }
}
