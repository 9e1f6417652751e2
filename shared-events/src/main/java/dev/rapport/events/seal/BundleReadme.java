package dev.rapport.events.seal;

import java.util.Locale;
import java.util.stream.Collectors;

/** What a bundle says to the person who opens it. */
final class BundleReadme {

    static byte[] of(BundleHead head, String stream, String verifierHash) {
        Checkpoint checkpoint = Checkpoint.of(head.checkpoint());
        return StrictText.encode(String.format(
                Locale.ROOT,
                """
                EVIDENCE OF %s

                These are the events of one relationship, as the log

                    %s

                had recorded and sealed them when it had %d events. You can verify them on your own machine; it needs Java 17 or later,
                no network and nothing of ours but one program:

                    java -jar verifier.jar bundle.zip --key KEY --checkpoint FILE

                KEY is the log's public key, as you got it from somebody you trust, and not from this zip. FILE is a checkpoint of the log
                that you kept. The program works without either, and then says what it could not check.

                It tells in words what it checked, and ends with ACCEPTED (exit code 0) or REFUSED (exit code 1).

                WHAT IS IN IT

                listing.txt         one line for each event
                texts.ndjson        what each event says, with its texts: what people said and are called is sealed encrypted, and was read
                                    with the log owner's keys when this bundle was made; [erased] stands for what was erased before
                events/N.txt        event N for you to read: its columns, payload and metadata
                events/N.event      the same event, in the bytes that were sealed
                events/N.tlog-proof the proof that these bytes are in the log (C2SP tlog-proof)
                checkpoint.txt      what all proofs lead to: the log's size and root hash, signed (C2SP tlog-checkpoint)
                keys.txt            the public keys that the log has signed with, oldest first (C2SP signed-note)
                rotations/          for each key but the first, the checkpoint in which the one before put it in charge
                older/              if you asked for it: a checkpoint that you kept, and the proof that the log has only grown since
                verifier.jar        the program
                manifest.txt        the SHA-256 of each of the files above, signed (sha256sum -c manifest.txt reads it, too)

                WHAT YOU SHOULD NOT BELIEVE

                A program cannot vouch for itself: whoever forges a bundle can also put a verifier into it that accepts everything. Take the
                verifier from an installation or a release that you trust, or from a bundle that you got another way. This one's SHA-256 is

                    %s

                or check the bundle by other means: the formats are public, and docs/seal.md of the source code describes the rest.

                Keys in this zip prove nothing of whose keys they are. Compare:

                %s
                What texts.ndjson says is signed, but not sealed: that it is what the encrypted texts say can be seen with the keys of the log's
                owner only. It holds what people said about each other. An erasure reaches the log, and not this zip: keep it accordingly.

                Proofs show that nothing was changed since the events were sealed. They do not show that what was recorded is true, nor that
                everything was recorded. That events follow after the last one here cannot be seen in a proof; but the manifest says how
                many the log's owner signed for, and a later bundle would prove a false number. And an owner who shows different logs to
                different people is found only by comparing checkpoints: keep yours.
                """,
                stream,
                head.keys().origin(),
                checkpoint.size(),
                verifierHash,
                head.keys().keys().stream().map(key -> "    " + key + "\n").collect(Collectors.joining())));
    }

    private BundleReadme() {}
}
