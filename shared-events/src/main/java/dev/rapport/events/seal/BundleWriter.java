package dev.rapport.events.seal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the events of one stream with their proofs, and all that is needed to verify them, as a zip; the same events, checkpoint and keys
 * always give the same bytes, as long as nothing was erased in between. Holds one event at a time, and a line for each, with what it says.
 *
 * <p>It writes what it is given: an event that is no longer what was sealed goes into the bundle all the same, where the verifier, and so the
 * auditor, finds it.
 */
public final class BundleWriter {

    /** A zip has room for so many files, three of which are an event's. */
    public static final int MOST_EVENTS = 20_000;

    private final SignerKey signer;
    private final byte[] verifier;

    /**
     * Bundles that are signed with this key.
     *
     * @param signer the log's key that is in charge
     */
    public BundleWriter(SignerKey signer) {
        this(signer, VerifierJar.bytes());
    }

    BundleWriter(SignerKey signer, byte[] verifier) {
        this.signer = signer;
        this.verifier = verifier.clone();
    }

    /**
     * Writes a bundle. The stream is the caller's to close; when this throws, what was written is no bundle, and no verifier takes it for one.
     *
     * @param events all of one stream, from sequence number 0 on and in order, with proofs against the head's checkpoint
     * @throws IllegalArgumentException when it is not given that, at the latest after the last event
     */
    public void write(OutputStream out, BundleHead head, Iterator<BundledEvent> events) throws IOException {
        if (!head.keys().current().equals(signer.verifierKey())) {
            throw new IllegalArgumentException("a bundle is signed with the key that is in charge");
        }
        if (!events.hasNext()) {
            throw new IllegalArgumentException("a bundle of no events");
        }
        Files files = new Files(new Archive(out));
        BundledEvent first = events.next();
        String stream = BundleFiles.printable(first.proven().event().stream());
        writeHead(files, head, stream);
        List<String> listed = new ArrayList<>();
        StringBuilder texts = new StringBuilder();
        for (BundledEvent next = first; ; next = events.next()) {
            ProvenEvent proven = next.proven();
            long sequenceNumber = proven.event().sequenceNumber();
            if (listed.size() == MOST_EVENTS || sequenceNumber != listed.size()) {
                throw new IllegalArgumentException("a bundle has the events of one stream, from 0 on in order, at most "
                        + MOST_EVENTS + "; not " + sequenceNumber + " after " + listed.size());
            }
            writeEvent(files, head, proven);
            listed.add(BundleFiles.listed(proven));
            next.says().ifPresent(json -> texts.append(BundleFiles.said(sequenceNumber, json)));
            if (!events.hasNext()) {
                break;
            }
        }
        files.add(BundleFiles.LISTING, BundleFiles.listing(listed));
        files.add(BundleFiles.TEXTS, StrictText.encode(texts.toString()));
        String manifest = BundleFiles.manifest(head.keys().origin(), stream, listed.size(), files.hashes);
        files.add(BundleFiles.MANIFEST, SignedNote.sign(manifest, signer).encode());
        files.archive.finish();
    }

    private void writeHead(Files files, BundleHead head, String stream) throws IOException {
        files.add(BundleFiles.README, BundleReadme.of(head, stream, BundleFiles.sha256(verifier)));
        files.add(BundleFiles.VERIFIER, verifier);
        files.add(BundleFiles.KEYS, BundleFiles.keys(head.keys().keys()));
        int number = 0;
        for (SignedNote rotation : head.keys().rotations()) {
            files.add(BundleFiles.rotation(++number), rotation.encode());
        }
        files.add(BundleFiles.CHECKPOINT, head.checkpoint().encode());
        if (head.older().isPresent()) {
            BundleHead.Older older = head.older().get();
            files.add(BundleFiles.OLDER_CHECKPOINT, older.checkpoint().encode());
            files.add(
                    BundleFiles.OLDER_CONSISTENCY,
                    TlogConsistency.of(older.proof(), head.checkpoint()).encode());
        }
    }

    private static void writeEvent(Files files, BundleHead head, ProvenEvent proven) throws IOException {
        long sequenceNumber = proven.event().sequenceNumber();
        files.add(BundleFiles.event(sequenceNumber), proven.event().encode());
        files.add(
                BundleFiles.proof(sequenceNumber),
                TlogProof.of(proven.proof(), head.checkpoint()).encode());
        files.add(BundleFiles.text(sequenceNumber), BundleFiles.text(proven.event()));
    }

    /** The files so far, and their hashes for the manifest. */
    private static final class Files {

        private final Archive archive;
        private final Map<String, String> hashes = new LinkedHashMap<>();

        Files(Archive archive) {
            this.archive = archive;
        }

        void add(String name, byte[] content) throws IOException {
            archive.add(name, content);
            hashes.put(name, BundleFiles.sha256(content));
        }
    }
}
