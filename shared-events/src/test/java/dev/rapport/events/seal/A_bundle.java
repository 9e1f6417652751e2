package dev.rapport.events.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class A_bundle {

    private static final SampleBundle SAMPLE = SampleBundle.sample();
    private static final VerifierKey KEY = SampleBundle.KEY.verifierKey();

    private static BundleVerifier verifier() {
        return new BundleVerifier(Optional.empty(), List.of());
    }

    private static BundleVerifier verifier(VerifierKey trusted) {
        return new BundleVerifier(Optional.of(trusted), List.of());
    }

    private static BundleVerifier verifier(SignedNote... kept) {
        return new BundleVerifier(Optional.of(KEY), List.of(kept));
    }

    private static void assertRefused(BundleVerifier verifier, byte[] bundle, String why) {
        assertThatExceptionOfType(SealException.class)
                .isThrownBy(() -> verifier.verify(bundle))
                .withMessageContaining(why);
    }

    @Test
    void is_accepted_in_words() {
        BundleVerifier.Verdict verdict =
                verifier(SAMPLE.checkpoint(25).sign(SampleBundle.KEY)).verify(SAMPLE.zip());

        assertThat(verdict.unchecked()).isEmpty();
        assertThat(verdict.checked())
                .containsExactly(
                        "The zip has the 40 files of a bundle of 10 events, each once, in their order, and nothing"
                                + " besides, between or after them.",
                        "The bundle's key is the one that you gave: " + KEY,
                        "The manifest is signed by the log, and each of the other files is the one that it signed for.",
                        "The checkpoint says that the log rapport.example/log had 40 events, with the root hash "
                                + SAMPLE.tree.root(40) + ". It is signed by the key that was in charge then.",
                        "Each of the 10 events, with all its columns and the bytes of its payload and metadata, is"
                                + " what the log sealed: its proof leads to the checkpoint's root hash.",
                        "They are the events 0 to 9 of relationship/R-1, without a gap, in the order of the log.",
                        "The listing and the texts for people say what the sealed events say. Of texts that are"
                                + " sealed encrypted, texts.ndjson is what the log's owner signed that they say.",
                        "Since the older checkpoint in the bundle, of 25 events, the log has only grown.",
                        "The log is the one that you kept a checkpoint of, at 25 events, and has only grown since.");
    }

    @Test
    void says_what_could_not_be_checked() {
        BundleVerifier.Verdict verdict = verifier().verify(SAMPLE.zip(SAMPLE.head(), SAMPLE.events()));

        assertThat(verdict.unchecked())
                .satisfiesExactly(
                        key -> assertThat(key).startsWith("Whether the key " + KEY + " is the log's."),
                        log -> assertThat(log).startsWith("Whether the whole log was rewritten"));
    }

    @Test
    void is_the_same_whenever_it_is_made() {
        assertThat(SAMPLE.zip())
                .isEqualTo(SAMPLE.zip())
                .isEqualTo(SampleBundle.sample().zip());
    }

    @Test
    void is_a_zip_to_everybody(@TempDir Path folder) throws IOException {
        byte[] zip = SAMPLE.zip();
        Map<String, byte[]> files = Archive.read(zip);
        Path file = Files.write(folder.resolve("bundle.zip"), zip);

        List<String> streamed = new ArrayList<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                streamed.add(entry.getName());
                assertThat(in.readAllBytes()).isEqualTo(files.get(entry.getName()));
            }
        }
        assertThat(streamed).containsExactlyElementsOf(files.keySet());
        try (ZipFile opened = new ZipFile(file.toFile())) {
            assertThat(opened.stream().map(ZipEntry::getName)).containsExactlyElementsOf(files.keySet());
        }
    }

    @Test
    void can_be_read_by_people() {
        Map<String, byte[]> files = Archive.read(SAMPLE.zip());

        assertThat(new String(files.get("events/0000002.txt"), StandardCharsets.UTF_8))
                .isEqualTo("""
                    position         19
                    event id         0199b5a0-0000-7000-8000-000000000009
                    stream type      Relationship
                    stream           relationship/R-1
                    sequence number  2
                    event type       InteractionLogged
                    revision         1
                    recorded at      2026-11-02T09:00:09.000001Z

                    payload
                    {"summary":"Grüße, Nr. 9"}

                    metadata
                    {"recordedBy":"manager1"}
                    """);
        assertThat(new String(files.get("listing.txt"), StandardCharsets.UTF_8).lines())
                .hasSize(11)
                .startsWith("sequence number\tposition\tleaf\trecorded at\tevent type\trevision\tevent id")
                .contains("2\t19\t9\t2026-11-02T09:00:09.000001Z\tInteractionLogged\t1"
                        + "\t0199b5a0-0000-7000-8000-000000000009");
        assertThat(new String(files.get("texts.ndjson"), StandardCharsets.UTF_8).lines())
                .as("the third cannot be read")
                .hasSize(9)
                .contains("{\"sequenceNumber\":3,\"says\":{\"summary\":\"said 3\"}}")
                .noneMatch(line -> line.contains("\"sequenceNumber\":2,"));
        assertThat(new String(files.get("README.txt"), StandardCharsets.UTF_8))
                .startsWith("EVIDENCE OF relationship/R-1\n")
                .contains("when it had 40 events")
                .contains(BundleFiles.sha256(SampleBundle.VERIFIER))
                .contains(SampleBundle.FIRST_KEY.verifierKey().toString(), KEY.toString());
    }

    @Test
    void does_not_let_an_event_deceive_those_who_read_it() {
        SampleBundle deceptive = SampleBundle.of(event -> new SealedEvent(
                event.position(),
                event.eventId(),
                event.streamType(),
                event.stream(),
                event.sequenceNumber(),
                "A\nB\u001b[2J\u202eC",
                "\t",
                event.recordedAt(),
                new byte[] {(byte) 0xff},
                event.metadata()));

        byte[] zip = deceptive.zip();

        assertThat(new String(Archive.read(zip).get("events/0000000.txt"), StandardCharsets.UTF_8))
                .contains("event type       A?B?[2J?C\n", "payload\nff\n");
        assertThat(verifier(KEY).verify(zip).checked()).isNotEmpty();
    }

    @Nested
    class For_somebody_with_a_key {

        @Test
        void is_accepted_by_an_older_one_that_put_the_newer_in_charge() {
            assertThat(verifier(SampleBundle.FIRST_KEY.verifierKey())
                            .verify(SAMPLE.zip())
                            .checked())
                    .contains("The bundle's key is " + KEY
                            + ", which was put in charge, step by step, by the one that you gave: "
                            + SampleBundle.FIRST_KEY.verifierKey());
        }

        @Test
        void is_refused_when_it_was_made_with_another() {
            VerifierKey other = SignerKey.generate(SampleBundle.ORIGIN).verifierKey();

            assertRefused(verifier(other), SAMPLE.zip(), "the bundle was made with the key " + KEY);
        }
    }

    @Nested
    class For_somebody_who_kept_a_checkpoint {

        @Test
        void is_accepted_when_it_is_the_bundles_own() {
            byte[] zip = SAMPLE.zip(SAMPLE.head(), SAMPLE.events());

            assertThat(verifier(SAMPLE.checkpoint).verify(zip).checked())
                    .contains("The log is the one that you kept a checkpoint of, at 40 events, and has only grown"
                            + " since.");
        }

        @Test
        void is_accepted_when_it_is_of_the_empty_log() {
            SignedNote empty = SAMPLE.checkpoint(0).sign(SampleBundle.FIRST_KEY);

            assertThat(verifier(empty).verify(SAMPLE.zip()).unchecked()).isEmpty();
        }

        @Test
        void is_accepted_when_an_older_key_signed_it() {
            SignedNote old = SAMPLE.checkpoint(7).sign(SampleBundle.FIRST_KEY);

            assertThat(verifier(old)
                            .verify(SAMPLE.zip(SAMPLE.headSince(7), SAMPLE.events()))
                            .unchecked())
                    .isEmpty();
        }

        @Test
        void is_accepted_when_one_of_many_can_be_compared() {
            BundleVerifier verifier = verifier(
                    SAMPLE.checkpoint(7).sign(SampleBundle.FIRST_KEY),
                    SAMPLE.checkpoint(25).sign(SampleBundle.KEY),
                    SAMPLE.checkpoint(30).sign(SampleBundle.KEY));

            assertThat(verifier.verify(SAMPLE.zip()).checked())
                    .endsWith("The log is the one that you kept a checkpoint of, at 25 events, and has only grown"
                            + " since.");
        }

        @Test
        void is_refused_when_one_of_many_contradicts_it() {
            SignedNote contradicting =
                    new Checkpoint(SampleBundle.ORIGIN, 25, Hash.ofLeaf(new byte[0])).sign(SampleBundle.KEY);

            assertRefused(
                    verifier(SAMPLE.checkpoint, contradicting), SAMPLE.zip(), "THE LOG WAS REWRITTEN: at 25 events");
        }

        @Test
        void is_refused_without_a_proof_from_there() {
            SignedNote another = SAMPLE.checkpoint(24).sign(SampleBundle.KEY);

            assertRefused(verifier(another), SAMPLE.zip(), "has no proof from there");
            assertRefused(verifier(another), SAMPLE.zip(SAMPLE.head(), SAMPLE.events()), "has no proof from there");
        }

        @Test
        void is_refused_when_it_is_older_than_that() {
            SignedNote newer = new Checkpoint(SampleBundle.ORIGIN, 41, Hash.ofLeaf(new byte[0])).sign(SampleBundle.KEY);

            assertRefused(verifier(newer), SAMPLE.zip(), "is newer than this bundle");
        }

        @Test
        void is_refused_when_log_and_seal_were_rewritten() {
            SampleBundle rewritten = SampleBundle.of(event -> event.position() != 3
                    ? event
                    : new SealedEvent(
                            event.position(),
                            event.eventId(),
                            event.streamType(),
                            event.stream(),
                            event.sequenceNumber(),
                            event.eventType(),
                            event.revision(),
                            event.recordedAt(),
                            "{\"summary\":\"It never happened\"}".getBytes(StandardCharsets.UTF_8),
                            event.metadata()));

            assertThat(verifier(KEY).verify(rewritten.zip()).checked()).isNotEmpty();
            assertRefused(verifier(SAMPLE.checkpoint), rewritten.zip(), "THE LOG WAS REWRITTEN");
            assertRefused(
                    verifier(SAMPLE.checkpoint(25).sign(SampleBundle.KEY)), rewritten.zip(), "THE LOG WAS REWRITTEN");
        }

        @Test
        void is_refused_when_that_was_signed_by_somebody_else() {
            SignedNote forged = SAMPLE.checkpoint(25).sign(SignerKey.generate(SampleBundle.ORIGIN));

            assertRefused(
                    verifier(forged), SAMPLE.zip(), "the checkpoint that you kept: it is signed by none of the keys");
        }
    }

    @Nested
    class Is_not_written {

        private final BundleWriter writer = new BundleWriter(SampleBundle.KEY, SampleBundle.VERIFIER);

        private void assertNotWritten(BundleWriter writer, List<ProvenEvent> events) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            writer.write(OutputStream.nullOutputStream(), SAMPLE.head(), SampleBundle.said(events)));
        }

        @Test
        void of_no_events() {
            assertNotWritten(writer, List.of());
        }

        @Test
        void of_events_with_a_gap() {
            List<ProvenEvent> events = SAMPLE.events();
            events.remove(3);

            assertNotWritten(writer, events);
        }

        @Test
        void with_a_key_that_is_not_in_charge() {
            assertNotWritten(new BundleWriter(SampleBundle.FIRST_KEY, SampleBundle.VERIFIER), SAMPLE.events());
        }
    }

    @Nested
    class With_the_program {

        private final ByteArrayOutputStream said = new ByteArrayOutputStream();
        private final VerifyBundle program = new VerifyBundle(new PrintStream(said, true, StandardCharsets.UTF_8));

        @TempDir
        private Path folder;

        private String said() {
            return said.toString(StandardCharsets.UTF_8);
        }

        private String file(String name, byte[] content) throws IOException {
            return Files.write(folder.resolve(name), content).toString();
        }

        @Test
        void ends_with_0_when_all_is_well() throws IOException {
            String bundle = file("bundle.zip", SAMPLE.zip());
            String kept = file(
                    "kept.txt", SAMPLE.checkpoint(25).sign(SampleBundle.KEY).encode());

            assertThat(program.run(List.of(bundle, "--key", KEY.toString(), "--checkpoint", kept)))
                    .isZero();
            assertThat(said())
                    .contains("checked      They are the events 0 to 9")
                    .endsWith("\nACCEPTED\n");
        }

        @Test
        void ends_with_0_and_says_so_when_it_could_not_check_all() throws IOException {
            assertThat(program.run(List.of(file("bundle.zip", SAMPLE.zip())))).isZero();
            assertThat(said())
                    .contains("NOT CHECKED  Whether the key ")
                    .endsWith("\nACCEPTED, as far as it could be checked\n");
        }

        @Test
        void ends_with_1_when_it_refuses() throws IOException {
            byte[] zip = SAMPLE.zip();
            zip[zip.length / 2] ^= 1;

            assertThat(program.run(List.of(file("bundle.zip", zip)))).isEqualTo(1);
            assertThat(said()).startsWith("REFUSED: ");
        }

        @Test
        void ends_with_2_when_it_was_not_told_what_to_do() throws IOException {
            String bundle = file("bundle.zip", SAMPLE.zip());

            for (List<String> misuse : List.of(
                    List.<String>of(),
                    List.of(folder.resolve("nowhere").toString()),
                    List.of(bundle, bundle),
                    List.of(bundle, "--key"),
                    List.of(bundle, "--key", "nonsense"),
                    List.of(bundle, "--kye", KEY.toString()),
                    List.of(bundle, "--key", KEY.toString(), "--key", KEY.toString()),
                    List.of(bundle, "--checkpoint", bundle),
                    List.of(bundle, "--checkpoint", folder.toString()))) {
                said.reset();
                assertThat(program.run(misuse)).as("%s", misuse).isEqualTo(2);
                assertThat(said()).contains("usage: java -jar verifier.jar");
            }
        }

        @Test
        void is_checked_by_its_own_jar_on_nothing_but_java() throws Exception {
            byte[] zip =
                    SampleBundle.written(new BundleWriter(SampleBundle.KEY), SAMPLE.headSince(25), SAMPLE.events());
            String bundle = file("bundle.zip", zip);
            String jar = file("verifier.jar", Archive.read(zip).get("verifier.jar"));
            byte[] forged = zip.clone();
            forged[zip.length / 2] ^= 1;

            assertThat(verifier(KEY).verify(zip).checked()).isNotEmpty();
            assertThat(java("-jar", jar, bundle, "--key", KEY.toString())).isZero();
            assertThat(java("-jar", jar, file("forged.zip", forged))).isEqualTo(1);
        }

        private static int java(String... arguments) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of(arguments));
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }

        @Test
        void brings_all_its_classes_for_java_17() throws IOException {
            List<String> names = new ArrayList<>();
            try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(VerifierJar.bytes()))) {
                assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                        .isEqualTo(VerifyBundle.class.getName());
                for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                    names.add(entry.getName());
                    if (entry.getName().endsWith(".class")) {
                        DataInputStream in = new DataInputStream(jar);
                        assertThat(in.readInt()).isEqualTo(0xcafebabe);
                        assertThat(in.readInt()).as(entry.getName()).isEqualTo(61);
                    }
                }
            }
            assertThat(names).allMatch(name -> name.startsWith("dev/rapport/events/seal/"));
            assertThat(names).contains("dev/rapport/events/seal/VerifyBundle.class");
        }
    }
}
