package dev.rapport.events.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeded; a failure tells the seed. Where nothing else is said, the auditor brings neither key nor checkpoint, which helps the attacker most. */
class An_attack_on_a_bundle {

    private static final long SEED = 20261127;
    private static final int CHANGES_OF_A_FILE = 150;

    private static final SampleBundle SAMPLE = SampleBundle.sample();
    private static final BundleVerifier VERIFIER = new BundleVerifier(Optional.empty(), List.of());

    private final Random random = new Random(SEED);
    private final byte[] zip = SAMPLE.zip();
    private final Map<String, byte[]> files = new LinkedHashMap<>(Archive.read(zip));

    private static void assertRefused(byte[] bundle, String how, Object... values) {
        assertThatExceptionOfType(SealException.class)
                .as("seed " + SEED + ", " + how, values)
                .isThrownBy(() -> VERIFIER.verify(bundle));
    }

    private static void assertRefusedBecause(byte[] bundle, String why) {
        assertThatExceptionOfType(SealException.class)
                .isThrownBy(() -> VERIFIER.verify(bundle))
                .withMessageContaining(why);
    }

    private byte other(byte now) {
        return (byte) (now ^ (1 + random.nextInt(255)));
    }

    @Test
    void is_what_these_tests_begin_without() {
        assertThat(VERIFIER.verify(zip).checked()).isNotEmpty();
        assertThat(VERIFIER.verify(SampleBundle.zip(files)).checked()).isNotEmpty();
        assertThat(VERIFIER.verify(SampleBundle.signedAnew(files, SampleBundle.STREAM, 10, SampleBundle.KEY))
                        .checked())
                .isNotEmpty();
    }

    @Nested
    class On_single_bytes {

        @Test
        void changes_any_byte_of_the_zip() {
            for (int at = 0; at < zip.length; at++) {
                byte before = zip[at];
                zip[at] = other(before);
                assertRefused(zip, "byte %s of the zip from %s to %s", at, before, zip[at]);
                zip[at] = before;
            }
        }

        @Test
        void changes_bytes_of_every_file_and_packs_them_again() {
            files.forEach((name, content) -> {
                for (int i = 0; i < CHANGES_OF_A_FILE; i++) {
                    byte[] changed = content.clone();
                    int at = random.nextInt(changed.length);
                    changed[at] = other(changed[at]);
                    Map<String, byte[]> all = new LinkedHashMap<>(files);
                    all.put(name, changed);
                    assertRefused(
                            SampleBundle.zip(all), "byte %s of %s from %s to %s", at, name, content[at], changed[at]);
                }
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"manifest.txt", "keys.txt", "rotations/0001.txt", "checkpoint.txt"})
        void changes_every_single_byte_of_what_the_rest_hangs_on(String name) {
            byte[] content = files.get(name);
            for (int at = 0; at < content.length; at++) {
                byte[] changed = content.clone();
                changed[at] = other(changed[at]);
                Map<String, byte[]> all = new LinkedHashMap<>(files);
                all.put(name, changed);
                assertRefused(SampleBundle.zip(all), "byte %s of %s from %s to %s", at, name, content[at], changed[at]);
            }
        }

        @Test
        void puts_bytes_in_takes_them_out_or_breaks_off() {
            for (int i = 0; i < 2_000; i++) {
                int at = random.nextInt(zip.length);
                ByteArrayOutputStream changed = new ByteArrayOutputStream();
                changed.write(zip, 0, at);
                int kind = random.nextInt(3);
                int skipped = kind == 0 ? 0 : kind == 1 ? 1 : zip.length - at;
                if (kind == 0) {
                    changed.write(random.nextInt(256));
                }
                changed.write(zip, at + skipped, zip.length - at - skipped);
                assertRefused(changed.toByteArray(), "kind %s at %s", kind, at);
            }
        }
    }

    @Nested
    class On_the_zip {

        @Test
        void adds_something_before_or_behind() {
            byte[] longer = Arrays.copyOf(zip, zip.length + 1);
            byte[] shifted = new byte[zip.length + 1];
            System.arraycopy(zip, 0, shifted, 1, zip.length);
            byte[] twice = Arrays.copyOf(zip, 2 * zip.length);
            System.arraycopy(zip, 0, twice, zip.length, zip.length);

            assertRefusedBecause(longer, "something follows the end of the zip");
            assertRefused(shifted, "a byte before");
            assertRefusedBecause(twice, "something follows the end of the zip");
        }

        @Test
        void adds_a_comment() {
            byte[] commented = Arrays.copyOf(zip, zip.length + 1);
            commented[zip.length - 2] = 1;

            assertRefused(commented, "a comment");
        }

        @Test
        void is_no_zip_at_all() {
            assertRefused(new byte[0], "nothing");
            assertRefused(new byte[22], "zeros");
            assertRefused("PK\3\4".getBytes(StandardCharsets.ISO_8859_1), "a beginning");
            assertRefused(SampleBundle.zip(Map.of()), "an empty zip");
        }

        @Test
        void is_made_by_another_program() throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (ZipOutputStream other = new ZipOutputStream(out)) {
                for (Map.Entry<String, byte[]> file : files.entrySet()) {
                    other.putNextEntry(new ZipEntry(file.getKey()));
                    other.write(file.getValue());
                }
            }

            assertRefused(out.toByteArray(), "the same files, compressed");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "../evil.txt",
                    "events/../../evil.txt",
                    "/etc/passwd",
                    "C:\\evil.txt",
                    "events\\evil.txt",
                    "events/",
                    "",
                    ".",
                    "readme.txt",
                    "README.TXT",
                    "events/0000010.txt",
                    "events/0000010.event",
                    "rotations/0002.txt",
                    "rotations/2.txt",
                    "extra.txt",
                })
        void adds_a_file(String name) {
            files.put(name, new byte[] {1});

            assertRefused(SampleBundle.zip(files), "the file '%s'", name);
            assertRefused(
                    SampleBundle.signedAnew(files, SampleBundle.STREAM, 10, SampleBundle.KEY),
                    "the file '%s', signed",
                    name);
        }

        @Test
        void brings_a_file_twice() throws IOException {
            for (String twice : files.keySet()) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                Archive archive = new Archive(out);
                for (Map.Entry<String, byte[]> file : files.entrySet()) {
                    archive.add(file.getKey(), file.getValue());
                    if (file.getKey().equals(twice)) {
                        archive.add(twice, new byte[] {1});
                    }
                }
                archive.finish();

                assertRefusedBecause(out.toByteArray(), "the zip holds the file " + twice + " twice");
            }
        }

        @Test
        void leaves_a_file_out() {
            for (String name : files.keySet()) {
                Map<String, byte[]> fewer = new LinkedHashMap<>(files);
                fewer.remove(name);
                assertRefused(SampleBundle.zip(fewer), "without %s", name);
                if (!name.equals(BundleFiles.MANIFEST)) {
                    assertRefused(
                            SampleBundle.signedAnew(fewer, SampleBundle.STREAM, 10, SampleBundle.KEY),
                            "without %s, signed",
                            name);
                }
            }
        }

        @Test
        void brings_its_files_in_another_order() {
            List<String> names = new ArrayList<>(files.keySet());
            for (int i = 0; i + 1 < names.size(); i++) {
                List<String> swapped = new ArrayList<>(names);
                swapped.set(i, names.get(i + 1));
                swapped.set(i + 1, names.get(i));
                Map<String, byte[]> reordered = new LinkedHashMap<>();
                swapped.forEach(name -> reordered.put(name, files.get(name)));

                assertRefusedBecause(SampleBundle.zip(reordered), names.get(i + 1));
            }
        }

        @Test
        void exchanges_two_files() {
            List<String> names = new ArrayList<>(files.keySet());
            for (int i = 0; i < 500; i++) {
                String one = names.get(random.nextInt(names.size()));
                String other = names.get(random.nextInt(names.size()));
                if (!Arrays.equals(files.get(one), files.get(other))) {
                    Map<String, byte[]> exchanged = new LinkedHashMap<>(files);
                    exchanged.put(one, files.get(other));
                    exchanged.put(other, files.get(one));
                    assertRefused(SampleBundle.zip(exchanged), "%s for %s", one, other);
                }
            }
        }
    }

    /** By somebody who stole the log's key and signs the manifest anew, so that what refuses it is the tree. */
    @Nested
    class By_somebody_who_can_sign {

        private void put(int event, ProvenEvent proven) {
            files.put(BundleFiles.event(event), proven.event().encode());
            files.put(
                    BundleFiles.proof(event),
                    TlogProof.of(proven.proof(), SAMPLE.checkpoint).encode());
            files.put(BundleFiles.text(event), BundleFiles.text(proven.event()));
        }

        private void putProof(int event, InclusionProof proof) {
            files.put(
                    BundleFiles.proof(event),
                    TlogProof.of(proof, SAMPLE.checkpoint).encode());
        }

        private byte[] signed() {
            return SampleBundle.signedAnew(files, SampleBundle.STREAM, 10, SampleBundle.KEY);
        }

        private static SealedEvent leaf(int leaf) {
            return SAMPLE.log.get(leaf);
        }

        private static InclusionProof proof(int leaf) {
            return SAMPLE.tree.inclusionProof(leaf, SampleBundle.SIZE);
        }

        /** Written again, with listing and manifest. */
        private static byte[] written(List<ProvenEvent> events) {
            return SAMPLE.zip(SAMPLE.head(), events);
        }

        private static SealedEvent renumbered(SealedEvent event, long sequenceNumber) {
            return new SealedEvent(
                    event.position(),
                    event.eventId(),
                    event.streamType(),
                    event.stream(),
                    sequenceNumber,
                    event.eventType(),
                    event.revision(),
                    event.recordedAt(),
                    event.payload(),
                    event.metadata());
        }

        @Test
        void changes_any_byte_of_an_event() {
            byte[] event = files.get(BundleFiles.event(3));
            for (int at = 0; at < event.length; at++) {
                byte[] changed = event.clone();
                changed[at] = other(changed[at]);
                files.put(BundleFiles.event(3), changed);
                assertRefusedBecause(signed(), BundleFiles.event(3));
            }
        }

        @Test
        void swaps_two_events() {
            List<ProvenEvent> events = SAMPLE.events();
            put(3, events.get(4));
            put(4, events.get(3));

            assertRefusedBecause(signed(), "events/0000003.event is not event 3 of its stream but 4");
        }

        @Test
        void swaps_two_events_and_renumbers_them() {
            List<ProvenEvent> events = SAMPLE.events();
            events.set(3, new ProvenEvent(renumbered(leaf(17), 3), proof(17)));
            events.set(4, new ProvenEvent(renumbered(leaf(13), 4), proof(13)));

            assertRefusedBecause(written(events), "events/0000003.event is not what the log sealed");
        }

        @Test
        void takes_an_event_out_and_closes_the_gap() {
            List<ProvenEvent> events = new ArrayList<>();
            for (ProvenEvent proven : SAMPLE.events()) {
                if (proven.event().sequenceNumber() != 3) {
                    events.add(new ProvenEvent(renumbered(proven.event(), events.size()), proven.proof()));
                }
            }

            assertRefusedBecause(written(events), "events/0000003.event is not what the log sealed");
        }

        @Test
        void tells_another_number_of_events() {
            assertRefusedBecause(
                    SampleBundle.signedAnew(files, SampleBundle.STREAM, 11, SampleBundle.KEY),
                    "the manifest is about another log, another stream, or other files");
        }

        @Test
        void tells_another_stream() {
            assertRefusedBecause(
                    SampleBundle.signedAnew(files, "relationship/R-2", 10, SampleBundle.KEY),
                    "the manifest is about another log, another stream, or other files");
        }

        @Test
        void brings_an_event_of_another_stream() {
            put(3, new ProvenEvent(leaf(14), proof(14)));

            assertRefusedBecause(signed(), "events/0000003.event belongs to another stream");
        }

        @Test
        void brings_events_that_were_sealed_in_another_order() {
            SampleBundle disorderly = SampleBundle.of(event -> new SealedEvent(
                    event.position() == 11 ? 1 : event.position(),
                    event.eventId(),
                    event.streamType(),
                    event.stream(),
                    event.sequenceNumber(),
                    event.eventType(),
                    event.revision(),
                    event.recordedAt(),
                    event.payload(),
                    event.metadata()));

            assertRefusedBecause(disorderly.zip(), "events/0000001.event comes before the event before it");
        }

        @Test
        void brings_an_event_id_twice() {
            SampleBundle repeated = SampleBundle.of(event -> new SealedEvent(
                    event.position(),
                    "the same",
                    event.streamType(),
                    event.stream(),
                    event.sequenceNumber(),
                    event.eventType(),
                    event.revision(),
                    event.recordedAt(),
                    event.payload(),
                    event.metadata()));

            assertRefusedBecause(repeated.zip(), "events/0000001.event has the id of another event");
        }

        @Test
        void brings_the_proof_of_another_leaf() {
            putProof(3, proof(17));

            assertRefusedBecause(signed(), "events/0000003.event is not what the log sealed");
        }

        @Test
        void brings_a_proof_for_another_size() {
            for (int size = 14; size < SampleBundle.SIZE; size++) {
                InclusionProof proof = SAMPLE.tree.inclusionProof(13, size);
                assertThat(proof.path()).isNotEqualTo(proof(13).path());
                putProof(3, proof);
                assertRefusedBecause(signed(), "events/0000003.event is not what the log sealed");
            }
        }

        @Test
        void brings_a_proof_that_leads_to_another_checkpoint() {
            SignedNote other = SAMPLE.checkpoint(25).sign(SampleBundle.KEY);
            files.put(
                    BundleFiles.proof(3),
                    TlogProof.of(SAMPLE.tree.inclusionProof(13, 25), other).encode());

            assertRefusedBecause(signed(), "events/0000003.tlog-proof leads to another checkpoint");
        }

        @Test
        void brings_an_empty_proof() {
            putProof(3, new InclusionProof(13, SampleBundle.SIZE, List.of()));

            assertRefusedBecause(signed(), "events/0000003.event is not what the log sealed");
        }

        @Test
        void brings_a_proof_in_other_words() {
            String proof = new String(files.get(BundleFiles.proof(3)), StandardCharsets.UTF_8);
            for (String words : List.of(
                    proof.replace("index 13", "index 013"),
                    proof.replace("index 13", "index  13"),
                    proof.replace("index 13", "index 4294967309"),
                    proof.replace("index 13\n", "index 13\r\n"),
                    proof.replace("=\n", "\n"),
                    proof.replace("@v1", "@v2"),
                    proof + "\n")) {
                assertThat(words).isNotEqualTo(proof);
                files.put(BundleFiles.proof(3), words.getBytes(StandardCharsets.UTF_8));
                assertRefusedBecause(signed(), "events/0000003");
            }
        }

        @Test
        void shows_people_something_else_than_was_sealed() {
            for (String name : List.of(BundleFiles.text(3), BundleFiles.LISTING)) {
                byte[] before = files.get(name);
                files.put(
                        name,
                        new String(before, StandardCharsets.UTF_8)
                                .replace("2026", "2025")
                                .getBytes(StandardCharsets.UTF_8));
                assertRefusedBecause(signed(), name + " does not say what the sealed events say");
                files.put(name, before);
            }
        }

        @Test
        void brings_an_older_checkpoint_that_the_log_did_not_grow_from() {
            SignedNote other = new Checkpoint(SampleBundle.ORIGIN, 25, Hash.ofLeaf(new byte[0])).sign(SampleBundle.KEY);
            files.put(BundleFiles.OLDER_CHECKPOINT, other.encode());

            assertRefusedBecause(signed(), "the log did not grow from the older checkpoint");
        }

        @Test
        void brings_an_empty_consistency_proof() {
            ConsistencyProof empty = new ConsistencyProof(25, SampleBundle.SIZE, List.of());
            files.put(
                    BundleFiles.OLDER_CONSISTENCY,
                    TlogConsistency.of(empty, SAMPLE.checkpoint).encode());

            assertRefusedBecause(signed(), "the log did not grow from the older checkpoint");
        }

        @Test
        void brings_a_consistency_proof_between_other_checkpoints() {
            files.put(
                    BundleFiles.OLDER_CONSISTENCY,
                    TlogConsistency.of(SAMPLE.tree.consistencyProof(24, SampleBundle.SIZE), SAMPLE.checkpoint)
                            .encode());

            assertRefusedBecause(signed(), "is not between the two checkpoints of the bundle");
        }

        @Test
        void adds_a_signature_to_the_manifest() {
            SignedNote twice =
                    SignedNote.parse(files.get(BundleFiles.MANIFEST)).alsoSignedBy(SignerKey.generate("somebody"));
            files.put(BundleFiles.MANIFEST, twice.encode());

            assertRefusedBecause(SampleBundle.zip(files), "more signatures than that of the log");
        }
    }

    @Nested
    class By_somebody_with_another_key {

        private final SignerKey stranger = SignerKey.generate(SampleBundle.ORIGIN);

        private byte[] forged() {
            LogKeys keys = LogKeys.of(stranger.verifierKey());
            SignedNote checkpoint = SAMPLE.checkpoint(SampleBundle.SIZE).sign(stranger);
            return SampleBundle.written(
                    new BundleWriter(stranger, SampleBundle.VERIFIER),
                    new BundleHead(keys, checkpoint),
                    SAMPLE.events());
        }

        @Test
        void makes_one_of_his_own_which_only_the_right_key_tells_from_ours() {
            BundleVerifier.Verdict verdict = VERIFIER.verify(forged());
            BundleVerifier withKey = new BundleVerifier(Optional.of(SampleBundle.KEY.verifierKey()), List.of());

            assertThat(verdict.unchecked()).first().asString().startsWith("Whether the key " + stranger.verifierKey());
            assertThatExceptionOfType(SealException.class)
                    .isThrownBy(() -> withKey.verify(forged()))
                    .withMessageContaining("the bundle was made with the key " + stranger.verifierKey());
        }

        @Test
        void or_a_checkpoint_that_was_kept() {
            BundleVerifier withCheckpoint = new BundleVerifier(Optional.empty(), List.of(SAMPLE.checkpoint));

            assertThatExceptionOfType(SealException.class)
                    .isThrownBy(() -> withCheckpoint.verify(forged()))
                    .withMessageContaining("the checkpoint that you kept: it is signed by none of the keys");
        }

        @Test
        void signs_the_manifest() {
            assertRefusedBecause(
                    SampleBundle.signedAnew(files, SampleBundle.STREAM, 10, stranger),
                    "manifest.txt: it is signed by none of the keys");
        }

        @Test
        void signs_the_checkpoint() {
            files.put(
                    BundleFiles.CHECKPOINT,
                    SAMPLE.checkpoint(SampleBundle.SIZE).sign(stranger).encode());

            assertRefusedBecause(
                    SampleBundle.signedAnew(files, SampleBundle.STREAM, 10, SampleBundle.KEY),
                    "checkpoint.txt: it is signed by none of the keys");
        }

        @Test
        void adds_his_key_to_those_of_the_log() {
            String keys =
                    new String(files.get(BundleFiles.KEYS), StandardCharsets.UTF_8) + stranger.verifierKey() + "\n";
            files.put(BundleFiles.KEYS, keys.getBytes(StandardCharsets.UTF_8));

            assertRefusedBecause(
                    SampleBundle.signedAnew(files, SampleBundle.STREAM, 10, stranger),
                    "keys.txt names other keys than those that were put in charge");
        }

        @Test
        void says_that_the_log_put_him_in_charge() {
            Checkpoint naming = new Checkpoint(
                    SampleBundle.ORIGIN, 10, SAMPLE.tree.root(10), List.of("successor " + stranger.verifierKey()));
            files.put(
                    BundleFiles.KEYS,
                    BundleFiles.keys(List.of(SampleBundle.FIRST_KEY.verifierKey(), stranger.verifierKey())));
            files.put(BundleFiles.rotation(1), naming.sign(stranger).encode());

            assertRefusedBecause(
                    SampleBundle.signedAnew(files, SampleBundle.STREAM, 10, stranger),
                    "rotations/0001.txt: the key " + stranger.verifierKey() + " was not put in charge by");
        }
    }
}
