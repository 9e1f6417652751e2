package dev.rapport.query.evidence;

import dev.rapport.events.trust.EvidenceKind;
import dev.rapport.events.trust.TrustStep;
import dev.rapport.events.vocabulary.Party;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Steps as a few bytes each, in order: what it is, how long after the one before, and, where that is not the same moment, how long after its
 * evidence occurred.
 */
final class CompactSteps {

    private static final List<EvidenceKind> KINDS = List.of(EvidenceKind.values());

    private static final int ABOUT_THEM = 1 << 5;
    private static final int BEGINS = 1 << 6;
    private static final int LATER = 1 << 7;
    private static final int KIND = ABOUT_THEM - 1;

    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;

    static byte[] write(Collection<TrustStep> steps) {
        var bytes = new ByteArrayOutputStream();
        long before = 0;
        for (TrustStep step : steps.stream().sorted().toList()) {
            boolean later = step.at() != step.since();
            bytes.write(KINDS.indexOf(step.kind())
                    | (step.about() == Party.THEM ? ABOUT_THEM : 0)
                    | (step.begins() ? BEGINS : 0)
                    | (later ? LATER : 0));
            write(step.at() - before, bytes);
            if (later) {
                write(step.at() - step.since(), bytes);
            }
            before = step.at();
        }
        return bytes.toByteArray();
    }

    static List<TrustStep> read(byte[] written) {
        List<TrustStep> steps = new ArrayList<>();
        var bytes = ByteBuffer.wrap(written);
        long at = 0;
        while (bytes.hasRemaining()) {
            int what = bytes.get();
            at += readNumber(bytes);
            long since = (what & LATER) == 0 ? at : at - readNumber(bytes);
            steps.add(new TrustStep(
                    at,
                    since,
                    KINDS.get(what & KIND),
                    (what & ABOUT_THEM) == 0 ? Party.US : Party.THEM,
                    (what & BEGINS) != 0));
        }
        return steps;
    }

    /** Seven bits a byte, the lowest first, taken as unsigned: what is before 1970 takes all ten. */
    private static void write(long number, ByteArrayOutputStream bytes) {
        long rest = number;
        while ((rest & -MORE) != 0) {
            bytes.write((int) (rest & (MORE - 1)) | MORE);
            rest >>>= BITS;
        }
        bytes.write((int) rest);
    }

    private static long readNumber(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; ; shift += BITS) {
            int part = bytes.get();
            number |= (long) (part & (MORE - 1)) << shift;
            if ((part & MORE) == 0) {
                return number;
            }
        }
    }

    private CompactSteps() {}
}
