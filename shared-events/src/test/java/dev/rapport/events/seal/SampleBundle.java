package dev.rapport.events.seal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A log with the events of two relationships between those of others, and the bundles made of it. */
final class SampleBundle {

    static final String ORIGIN = "rapport.example/log";
    static final String STREAM = "relationship/R-1";
    static final SignerKey FIRST_KEY = SignerKey.generate(ORIGIN);
    static final SignerKey KEY = SignerKey.generate(ORIGIN);
    static final byte[] VERIFIER = "not really a jar".getBytes(StandardCharsets.US_ASCII);
    static final int SIZE = 40;
    static final int OLDER_SIZE = 25;
    private static final int ROTATED_AT = 10;
    private static final int EVENTS_EVERY = 4;

    final List<SealedEvent> log;
    final MerkleTree tree;
    final LogKeys keys;
    final SignedNote checkpoint;

    private SampleBundle(List<SealedEvent> log) {
        this.log = List.copyOf(log);
        this.tree = new MerkleTree(
                StoredNodes.of(log.stream().map(SealedEvent::leafHash).toList()));
        this.keys =
                LogKeys.of(FIRST_KEY.verifierKey()).rotated(LogKeys.rotation(checkpoint(ROTATED_AT), FIRST_KEY, KEY));
        this.checkpoint = checkpoint(SIZE).sign(KEY);
    }

    /** A log of {@value #SIZE} events, each fourth of them the relationship's. */
    static SampleBundle sample() {
        return of(UnaryOperator.identity());
    }

    /** The same, with its events changed before they were sealed. */
    static SampleBundle of(UnaryOperator<SealedEvent> change) {
        List<SealedEvent> log = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            log.add(change.apply(event(i)));
        }
        return new SampleBundle(log);
    }

    private static SealedEvent event(int leaf) {
        int relationship = leaf % EVENTS_EVERY;
        return new SealedEvent(
                leaf * 2L + 1, // a database may leave positions out
                "0199b5a0-0000-7000-8000-%012d".formatted(leaf),
                "Relationship",
                "relationship/R-" + relationship,
                leaf / EVENTS_EVERY,
                "InteractionLogged",
                "1",
                Instant.parse("2026-11-02T09:00:00.000001Z").plusSeconds(leaf),
                "{\"summary\":\"Grüße, Nr. %d\"}".formatted(leaf).getBytes(StandardCharsets.UTF_8),
                "{\"recordedBy\":\"manager1\"}".getBytes(StandardCharsets.UTF_8));
    }

    Checkpoint checkpoint(long size) {
        return new Checkpoint(ORIGIN, size, tree.root(size));
    }

    /** The relationship's events, with their proofs. */
    List<ProvenEvent> events() {
        List<ProvenEvent> events = new ArrayList<>();
        for (int leaf = 0; leaf < log.size(); leaf++) {
            if (leaf % EVENTS_EVERY == 1) {
                events.add(new ProvenEvent(log.get(leaf), tree.inclusionProof(leaf, SIZE)));
            }
        }
        return events;
    }

    BundleHead head() {
        return new BundleHead(keys, checkpoint);
    }

    BundleHead headSince(long size) {
        return new BundleHead(
                keys,
                checkpoint,
                Optional.of(new BundleHead.Older(
                        checkpoint(size).sign(size <= ROTATED_AT ? FIRST_KEY : KEY),
                        tree.consistencyProof(size, SIZE))));
    }

    /** The whole of it: the sample's events, with an older checkpoint. */
    byte[] zip() {
        return zip(headSince(OLDER_SIZE), events());
    }

    byte[] zip(BundleHead head, List<ProvenEvent> events) {
        return written(new BundleWriter(KEY, VERIFIER), head, events);
    }

    static byte[] written(BundleWriter writer, BundleHead head, List<ProvenEvent> events) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            writer.write(out, head, said(events));
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With what each says; the third cannot be read. */
    static Iterator<BundledEvent> said(List<ProvenEvent> events) {
        return events.stream()
                .map(proven -> new BundledEvent(
                        proven,
                        Optional.of("{\"summary\":\"said " + proven.event().sequenceNumber() + "\"}")
                                .filter(_ -> proven.event().sequenceNumber() != 2)))
                .iterator();
    }

    /** These files as a zip in the form of a bundle, whatever they are. */
    static byte[] zip(Map<String, byte[]> files) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            Archive archive = new Archive(out);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                archive.add(file.getKey(), file.getValue());
            }
            archive.finish();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files with a new manifest, as whoever has the key could sign it: what is refused now is refused by what the tree says. */
    static byte[] signedAnew(Map<String, byte[]> files, String stream, int events, SignerKey key) {
        Map<String, byte[]> all = new LinkedHashMap<>(files);
        all.remove(BundleFiles.MANIFEST);
        Map<String, String> hashes = new LinkedHashMap<>();
        all.forEach((name, content) -> hashes.put(name, BundleFiles.sha256(content)));
        String manifest = BundleFiles.manifest(ORIGIN, stream, events, hashes);
        all.put(BundleFiles.MANIFEST, SignedNote.sign(manifest, key).encode());
        return zip(all);
    }
}
