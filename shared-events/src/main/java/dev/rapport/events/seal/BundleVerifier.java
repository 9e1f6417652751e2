package dev.rapport.events.seal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Takes a bundle apart and believes nothing in it but what follows from the key and the checkpoint that the auditor brings along. It stops at
 * the first thing that does not fit.
 */
public final class BundleVerifier {

    private final Optional<VerifierKey> trusted;
    private final List<SignedNote> kept;

    /**
     * A verifier for one auditor.
     *
     * @param trusted a key of the log that is known to be one, the newest or an older one
     * @param kept checkpoints of the log that were kept apart from it; one that the bundle can be compared with is enough
     */
    public BundleVerifier(Optional<VerifierKey> trusted, List<SignedNote> kept) {
        this.trusted = trusted;
        this.kept = List.copyOf(kept);
    }

    /**
     * What is certain of a bundle that was not refused.
     *
     * @param checked sentences, in the order of the checks
     * @param unchecked sentences on what could not be
     */
    public record Verdict(List<String> checked, List<String> unchecked) {

        public Verdict {
            checked = List.copyOf(checked);
            unchecked = List.copyOf(unchecked);
        }
    }

    /**
     * Verifies a bundle.
     *
     * @throws SealException when it is to be refused; the message says why
     */
    public Verdict verify(byte[] zip) {
        return new Verification(Archive.read(zip)).verdict();
    }

    private final class Verification {

        private final Map<String, byte[]> files;
        private final Map<String, String> hashes = new LinkedHashMap<>();
        private final int rotations;
        private final boolean hasOlder;
        private final int events;
        private final List<String> checked = new ArrayList<>();
        private final List<String> unchecked = new ArrayList<>();

        Verification(Map<String, byte[]> files) {
            this.files = files;
            this.rotations = count(name -> name.startsWith("rotations/"));
            this.hasOlder = files.containsKey(BundleFiles.OLDER_CHECKPOINT);
            this.events = count(name -> name.endsWith(".event"));
            files.forEach((name, content) -> {
                if (!name.equals(BundleFiles.MANIFEST)) {
                    hashes.put(name, BundleFiles.sha256(content));
                }
            });
        }

        Verdict verdict() {
            verifyNames();
            SignedNote manifest = manifest();
            LogKeys keys = keys();
            verifySignature(manifest, keys);
            SignedNote note = parsed(BundleFiles.CHECKPOINT, SignedNote::parse);
            Checkpoint checkpoint = at(BundleFiles.CHECKPOINT, () -> keys.verify(note));
            checked.add(said(
                    "The checkpoint says that the log %s had %d events, with the root hash %s. It is signed by the key"
                            + " that was in charge then.",
                    BundleFiles.printable(checkpoint.origin()), checkpoint.size(), checkpoint.root()));
            List<ProvenEvent> proven = events(checkpoint, note);
            SealedEvent first = verifyStream(proven);
            verifyReadable(proven);
            verifyHeader(manifest, first.stream());
            Optional<Checkpoint> older = older(keys, checkpoint, note);
            verifyKept(keys, checkpoint, older);
            return new Verdict(checked, unchecked);
        }

        private void verifyNames() {
            List<String> expected = BundleFiles.names(rotations, hasOlder, events);
            List<String> found = List.copyOf(files.keySet());
            for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
                if (i >= found.size()) {
                    throw new SealException("the file " + expected.get(i) + " is missing");
                }
                if (i >= expected.size() || !expected.get(i).equals(found.get(i))) {
                    throw new SealException("the file " + found.get(i)
                            + (i < expected.size()
                                    ? " is where " + expected.get(i) + " belongs"
                                    : " does not belong here"));
                }
            }
            checked.add(said(
                    "The zip has the %d files of a bundle of %d events, each once, in their order, and nothing"
                            + " besides, between or after them.",
                    found.size(), events));
        }

        private LogKeys keys() {
            List<String> lines = text(BundleFiles.KEYS).lines().toList();
            List<VerifierKey> listed = at(
                    BundleFiles.KEYS,
                    () -> lines.stream().map(VerifierKey::parse).toList());
            if (listed.isEmpty() || !Arrays.equals(BundleFiles.keys(listed), content(BundleFiles.KEYS))) {
                throw new SealException(BundleFiles.KEYS + " is not a list of keys");
            }
            LogKeys keys = LogKeys.of(listed.get(0));
            for (int i = 1; i <= rotations; i++) {
                LogKeys before = keys;
                SignedNote rotation = parsed(BundleFiles.rotation(i), SignedNote::parse);
                keys = at(BundleFiles.rotation(i), () -> before.rotated(rotation));
            }
            if (!keys.keys().equals(listed)) {
                throw new SealException(BundleFiles.KEYS + " names other keys than those that were put in charge");
            }
            verifyTrusted(keys);
            return keys;
        }

        private void verifyTrusted(LogKeys keys) {
            String current = "the key " + keys.current();
            if (trusted.isEmpty()) {
                unchecked.add("Whether " + current
                        + " is the log's. Anybody can make a bundle with a key of their own: run this again"
                        + " with --key and the key as you got it from somebody you trust, or compare them by eye.");
            } else if (trusted.get().equals(keys.current())) {
                checked.add("The bundle's key is the one that you gave: " + keys.current());
            } else if (keys.keys().contains(trusted.get())) {
                checked.add("The bundle's key is " + keys.current()
                        + ", which was put in charge, step by step, by the one that you" + " gave: " + trusted.get());
            } else {
                throw new SealException(
                        "the bundle was made with " + current + ", not with the one that you gave, " + trusted.get());
            }
        }

        /** Hashes before signatures: who changed one file should be told which. */
        private SignedNote manifest() {
            SignedNote manifest = parsed(BundleFiles.MANIFEST, SignedNote::parse);
            Set<String> lines = manifest.text().lines().collect(Collectors.toSet());
            hashes.forEach((name, hash) -> {
                if (!lines.contains(BundleFiles.listed(name, hash))) {
                    throw new SealException(name + " is not the file that the manifest names");
                }
            });
            return manifest;
        }

        private void verifySignature(SignedNote manifest, LogKeys keys) {
            at(BundleFiles.MANIFEST, () -> manifest.verify(List.of(keys.current())));
            if (manifest.signatures().size() != 1) {
                throw new SealException(BundleFiles.MANIFEST + " has more signatures than that of the log");
            }
            checked.add(
                    "The manifest is signed by the log, and each of the other files is the one that it signed for.");
        }

        /** With what is known by now, so that there is only one manifest that will do. */
        private void verifyHeader(SignedNote manifest, String stream) {
            String expected = BundleFiles.manifest(
                    manifest.signatures().get(0).name(), BundleFiles.printable(stream), events, hashes);
            if (!manifest.text().equals(expected)) {
                throw new SealException("the manifest is about another log, another stream, or other files");
            }
        }

        private List<ProvenEvent> events(Checkpoint checkpoint, SignedNote note) {
            List<ProvenEvent> proven = new ArrayList<>();
            for (int i = 0; i < events; i++) {
                String eventFile = BundleFiles.event(i);
                SealedEvent event = parsed(eventFile, SealedEvent::decode);
                String proofFile = BundleFiles.proof(i);
                TlogProof document = parsed(proofFile, TlogProof::parse);
                if (!Arrays.equals(document.encode(), content(proofFile))) {
                    throw new SealException(proofFile + " is not in its canonical form");
                }
                if (!document.checkpoint().toString().equals(note.toString())) {
                    throw new SealException(proofFile + " leads to another checkpoint than " + BundleFiles.CHECKPOINT);
                }
                InclusionProof proof = document.at(checkpoint.size());
                if (!proof.proves(event.leafHash(), checkpoint.root())) {
                    throw new SealException(
                            eventFile + " is not what the log sealed: its proof does not lead to the checkpoint");
                }
                proven.add(new ProvenEvent(event, proof));
            }
            checked.add(said(
                    "Each of the %d events, with all its columns and the bytes of its payload and metadata, is what"
                            + " the log sealed: its proof leads to the checkpoint's root hash.",
                    events));
            return proven;
        }

        private SealedEvent verifyStream(List<ProvenEvent> proven) {
            if (proven.isEmpty()) {
                throw new SealException("the bundle has no events");
            }
            SealedEvent first = proven.get(0).event();
            Set<String> ids = new HashSet<>();
            long lastPosition = Long.MIN_VALUE;
            long lastLeaf = -1;
            for (int i = 0; i < proven.size(); i++) {
                SealedEvent event = proven.get(i).event();
                String file = BundleFiles.event(i);
                if (event.sequenceNumber() != i) {
                    throw new SealException(
                            file + " is not event " + i + " of its stream but " + event.sequenceNumber());
                }
                if (!event.stream().equals(first.stream())
                        || !event.streamType().equals(first.streamType())) {
                    throw new SealException(file + " belongs to another stream than the event before");
                }
                if (event.position() <= lastPosition || proven.get(i).proof().index() <= lastLeaf) {
                    throw new SealException(file + " comes before the event before it in the order of the log");
                }
                if (!ids.add(event.eventId())) {
                    throw new SealException(file + " has the id of another event");
                }
                lastPosition = event.position();
                lastLeaf = proven.get(i).proof().index();
            }
            checked.add(said(
                    "They are the events 0 to %d of %s, without a gap, in the order of the log.",
                    events - 1, BundleFiles.printable(first.stream())));
            return first;
        }

        private void verifyReadable(List<ProvenEvent> proven) {
            for (int i = 0; i < proven.size(); i++) {
                requireContent(
                        BundleFiles.text(i), BundleFiles.text(proven.get(i).event()));
            }
            requireContent(
                    BundleFiles.LISTING,
                    BundleFiles.listing(proven.stream().map(BundleFiles::listed).toList()));
            checked.add("The listing and the texts for people say what the sealed events say. Of texts that are sealed"
                    + " encrypted, " + BundleFiles.TEXTS + " is what the log's owner signed that they say.");
        }

        private void requireContent(String name, byte[] expected) {
            if (!Arrays.equals(content(name), expected)) {
                throw new SealException(name + " does not say what the sealed events say");
            }
        }

        private Optional<Checkpoint> older(LogKeys keys, Checkpoint checkpoint, SignedNote note) {
            if (!hasOlder) {
                return Optional.empty();
            }
            SignedNote olderNote = parsed(BundleFiles.OLDER_CHECKPOINT, SignedNote::parse);
            Checkpoint older = at(BundleFiles.OLDER_CHECKPOINT, () -> keys.verify(olderNote));
            TlogConsistency document = parsed(BundleFiles.OLDER_CONSISTENCY, TlogConsistency::parse);
            if (!Arrays.equals(document.encode(), content(BundleFiles.OLDER_CONSISTENCY))
                    || !document.checkpoint().toString().equals(note.toString())
                    || document.from() != older.size()) {
                throw new SealException(
                        BundleFiles.OLDER_CONSISTENCY + " is not between the two checkpoints of the bundle");
            }
            if (!document.to(checkpoint.size()).proves(older.root(), checkpoint.root())) {
                throw new SealException("the log did not grow from the older checkpoint: "
                        + BundleFiles.OLDER_CONSISTENCY + " does not lead from the one to the other");
            }
            checked.add(said(
                    "Since the older checkpoint in the bundle, of %d events, the log has only grown.", older.size()));
            return Optional.of(older);
        }

        private void verifyKept(LogKeys keys, Checkpoint checkpoint, Optional<Checkpoint> older) {
            if (kept.isEmpty()) {
                unchecked.add("Whether the whole log was rewritten and sealed anew before this bundle was made. Only a"
                        + " checkpoint that you kept can tell: run this again with --checkpoint and the file.");
                return;
            }
            Map<Long, Hash> known = new TreeMap<>(Map.of(0L, Hash.ofNothing(), checkpoint.size(), checkpoint.root()));
            older.ifPresent(theirs -> known.put(theirs.size(), theirs.root()));
            Map<Long, Checkpoint> compared = new TreeMap<>();
            NavigableSet<Long> sizes = new TreeSet<>();
            for (SignedNote note : kept) {
                Checkpoint ours = at("a checkpoint that you kept", () -> Checkpoint.of(note));
                sizes.add(ours.size());
                Hash theirs = known.get(ours.size());
                if (theirs != null) {
                    at("the checkpoint that you kept", () -> keys.verify(note));
                    requireSame(ours, theirs);
                    compared.put(ours.size(), ours);
                }
            }
            if (compared.isEmpty()) {
                throw incomparable(sizes, checkpoint.size());
            }
            compared.keySet()
                    .forEach(size -> checked.add(said(
                            "The log is the one that you kept a checkpoint of, at %d events, and has only grown since.",
                            size)));
        }

        private void requireSame(Checkpoint ours, Hash theirs) {
            if (!theirs.equals(ours.root())) {
                throw new SealException(said(
                        "THE LOG WAS REWRITTEN: at %d events, the checkpoint that you kept has the root hash %s, and"
                                + " the bundle's has %s. The log has signed for both; keep them",
                        ours.size(), ours.root(), theirs));
            }
        }

        private static SealException incomparable(NavigableSet<Long> sizes, long size) {
            Long older = sizes.floor(size);
            return new SealException(
                    older == null
                            ? said(
                                    "the checkpoint that you kept, of %d events, is newer than this bundle, of %d: ask"
                                            + " for a newer one",
                                    sizes.first(), size)
                            : said(
                                    "the checkpoint that you kept is of %d events, and this bundle, of %d, has no"
                                            + " proof from there: ask for one that has",
                                    older, size));
        }

        private int count(Predicate<String> names) {
            return (int) files.keySet().stream().filter(names).count();
        }

        private byte[] content(String name) {
            byte[] content = files.get(name);
            if (content == null) {
                throw new SealException("the file " + name + " is missing");
            }
            return content;
        }

        private String text(String name) {
            return parsed(name, StrictText::decode);
        }

        private <T> T parsed(String name, Function<byte[], T> parser) {
            return at(name, () -> parser.apply(content(name)));
        }
    }

    /** Whatever does not fit, and where. */
    private static <T> T at(String place, Supplier<T> check) {
        try {
            return check.get();
        } catch (SealException | IllegalArgumentException e) {
            throw new SealException(place + ": " + BundleFiles.printable(String.valueOf(e.getMessage())), e);
        }
    }

    /** In the same digits everywhere. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation is none of java.base
    private static String said(String sentence, Object... values) {
        return String.format(Locale.ROOT, sentence, values);
    }
}
