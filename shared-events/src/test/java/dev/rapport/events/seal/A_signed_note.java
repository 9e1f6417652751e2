package dev.rapport.events.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class A_signed_note {

    /** The example of C2SP signed-note. */
    private static final String C2SP_NOTE = """
        This is an example message.

        — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
        """;

    private static final String C2SP_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    /** The examples of Go's package of signed notes, after which the format was described. */
    private static final String GO_TEXT = """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.
        """;

    private static final String GO_SIGNATURE = "— PeterNeumann"
            + " x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    private static final String GO_SECOND_SIGNATURE = "— EnochRoot"
            + " rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";
    private static final String GO_SIGNER =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private static final String GO_VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String GO_SECOND_VERIFIER = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";

    private static final SignerKey KEY = SignerKey.generate("rapport.example/log");

    private static SignedNote note(String note) {
        return SignedNote.parse(note.getBytes(StandardCharsets.UTF_8));
    }

    private static List<VerifierKey> keys(String... keys) {
        return List.of(keys).stream().map(VerifierKey::parse).toList();
    }

    @Nested
    class As_published {

        @Test
        void is_verified_by_the_key_published_with_it() {
            SignedNote note = note(C2SP_NOTE);

            assertThat(note.text()).isEqualTo("This is an example message.\n");
            assertThat(note.verify(keys(C2SP_KEY))).containsExactlyElementsOf(keys(C2SP_KEY));
            assertThat(note).hasToString(C2SP_NOTE);
        }

        @Test
        void may_have_empty_lines_in_its_text() {
            String poem = """
                Ognuno sta solo sul cuor della terra
                trafitto da un raggio di sole:

                ed è subito sera.

                — quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
                """;

            assertThat(note(poem)).hasToString(poem);
            assertThat(note(poem).text()).endsWith("sole:\n\ned è subito sera.\n");
            assertThat(note(poem).signatures())
                    .singleElement()
                    .returns("quasimodo.example/salvatore", NoteSignature::name)
                    .returns(0x367ba04b, NoteSignature::keyId);
        }

        @Test
        void is_signed_to_the_letter() {
            SignerKey signer = SignerKey.parse(GO_SIGNER);

            assertThat(SignedNote.sign(GO_TEXT, signer)).hasToString(GO_TEXT + "\n" + GO_SIGNATURE);
            assertThat(signer.verifierKey()).hasToString(GO_VERIFIER);
            assertThat(signer.secret()).isEqualTo(GO_SIGNER);
        }

        @Test
        void bears_several_signatures() {
            SignedNote note = note(GO_TEXT + "\n" + GO_SIGNATURE + GO_SECOND_SIGNATURE);
            List<VerifierKey> both = keys(GO_VERIFIER, GO_SECOND_VERIFIER);

            assertThat(note.verify(both)).isEqualTo(both);
            assertThat(note.verify(keys(GO_SECOND_VERIFIER))).isEqualTo(keys(GO_SECOND_VERIFIER));
            assertThat(note.verify(keys(GO_VERIFIER, C2SP_KEY))).isEqualTo(keys(GO_VERIFIER));
        }
    }

    @Test
    void is_verified_by_whoever_has_the_key() {
        SignedNote note = note(SignedNote.sign("a\n\nb\n", KEY).toString());

        assertThat(note.verify(List.of(KEY.verifierKey()))).containsExactly(KEY.verifierKey());
    }

    @Test
    void is_refused_when_none_of_the_keys_signed_it() {
        assertThatExceptionOfType(SealException.class)
                .isThrownBy(() -> note(C2SP_NOTE).verify(keys(GO_VERIFIER)))
                .withMessageStartingWith("it is signed by none of the keys ");
        assertThatExceptionOfType(SealException.class)
                .isThrownBy(() -> note(C2SP_NOTE).verify(List.of()));
    }

    @Test
    void is_not_verified_by_a_key_of_the_same_name() {
        VerifierKey namesake = SignerKey.generate(KEY.name()).verifierKey();

        assertThatExceptionOfType(SealException.class)
                .isThrownBy(() -> SignedNote.sign("a\n", KEY).verify(List.of(namesake)));
    }

    @Test
    void is_refused_for_one_wrong_signature_of_a_known_key_whoever_else_signed() {
        SignedNote other = SignedNote.sign("b\n", KEY);
        SignerKey second = SignerKey.generate("witness.example");
        String signatures = other.toString().substring("b\n\n".length());
        SignedNote forged = note(SignedNote.sign("a\n", second) + signatures);

        assertThat(forged.verify(List.of(second.verifierKey()))).containsExactly(second.verifierKey());
        assertThatExceptionOfType(SealException.class)
                .isThrownBy(() -> forged.verify(List.of(second.verifierKey(), KEY.verifierKey())))
                .withMessage("the signature of %s is wrong", KEY.verifierKey());
    }

    @Test
    void has_no_second_form_of_the_same_signature() {
        NoteSignature signature = KEY.sign("a\n");
        byte[] bytes = signature.bytes();
        // s + L is the same to whoever forgets to compare s with L
        BigInteger order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        byte[] reversed = new byte[32];
        for (int i = 0; i < 32; i++) {
            reversed[i] = bytes[63 - i];
        }
        byte[] other = new BigInteger(1, reversed).add(order).toByteArray();
        for (int i = 0; i < 32; i++) {
            bytes[32 + i] = i < other.length ? other[other.length - 1 - i] : 0;
        }

        assertThat(KEY.verifierKey().verifies("a\n", signature)).isTrue();
        assertThat(KEY.verifierKey().verifies("a\n", new NoteSignature(signature.name(), signature.keyId(), bytes)))
                .isFalse();
    }

    @Test
    void is_refused_with_any_byte_changed() {
        long seed = 8032;
        Random random = new Random(seed);
        byte[] encoded = SignedNote.sign("the text\n\nof a note\n", KEY).encode();
        for (int at = 0; at < encoded.length; at++) {
            for (int i = 0; i < 8; i++) {
                byte[] changed = encoded.clone();
                changed[at] ^= (byte) (1 + random.nextInt(255));
                assertThatExceptionOfType(RuntimeException.class)
                        .as("seed %s, byte %s, now %s", seed, at, changed[at])
                        .isThrownBy(() -> SignedNote.parse(changed).verify(List.of(KEY.verifierKey())))
                        .isInstanceOfAny(SealException.class, IllegalArgumentException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n",
                "a",
                "a\n",
                "a\n\n",
                "a\n\n\n",
                "a\n\nb\n",
                "a\n\n— example.com/foo Uw2QOg==\n",
                "a\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYR lL1Tnag=\n",
                "a\n\n— example.com/foo  Uw2QOkn8srU=\n",
                "a\n\n— example.com/foo Uw2QOkn8srU\n",
                "a\n\n— example.com/foo Uw2QOkn8srV=\n",
                "a\n\n- example.com/foo Uw2QOkn8srU=\n",
                "a\n\n— example.com/foo Uw2QOkn8srU=",
                "a\n\n— example.com/foo Uw2QOkn8srU=\r\n",
                "a\n\n— example.com/foo Uw2QOkn8srU=\nb\n",
                "a\n\n— exa+mple Uw2QOkn8srU=\n",
                "a\n\n— exa\u00a0mple Uw2QOkn8srU=\n",
                "a\tb\n\n— example.com/foo Uw2QOkn8srU=\n",
                "a\u0000b\n\n— example.com/foo Uw2QOkn8srU=\n",
            })
    void is_refused_in_any_other_form(String note) {
        assertThatIllegalArgumentException().isThrownBy(() -> note(note));
    }

    @Test
    void is_utf_8() {
        byte[] latin = "à\n\n— example.com/foo Uw2QOkn8srU=\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThatIllegalArgumentException().isThrownBy(() -> SignedNote.parse(latin));
    }

    @Test
    void has_a_limit_of_signatures_above_what_everybody_has_to_take() {
        List<SignerKey> keys = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            keys.add(SignerKey.generate("witness-" + i));
        }
        SignedNote note = SignedNote.sign("a\n", keys.toArray(SignerKey[]::new));

        assertThat(note(note.toString())
                        .verify(keys.stream().map(SignerKey::verifierKey).toList()))
                .hasSize(16);
        String line = GO_SIGNATURE.repeat(65);
        assertThatIllegalArgumentException().isThrownBy(() -> note(GO_TEXT + "\n" + line));
    }

    @Nested
    class Its_keys {

        @Test
        void come_back_as_they_were_written() {
            SignerKey made = SignerKey.generate("rapport.example/log");

            assertThat(SignerKey.parse(made.secret()).verifierKey()).isEqualTo(made.verifierKey());
            assertThat(VerifierKey.parse(made.verifierKey().toString())).isEqualTo(made.verifierKey());
            assertThat(made.toString()).doesNotContain(made.secret().split("\\+", 5)[4]);
        }

        @Test
        void are_the_public_ones_of_rfc_8032() {
            // RFC 8032, 7.1, test 1, in the notation of notes
            assertThat(SignerKey.parse("PRIVATE+KEY+rfc8032+bf1ef259+AZ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g")
                            .verifierKey())
                    .hasToString("rfc8032+bf1ef259+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "PeterNeumann",
                    "PeterNeumann+c74f20a3",
                    "PeterNeumann+c74f20a3+",
                    "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                    "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                    "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TX",
                    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n",
                    "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                    "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
                    "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
                })
        void are_not_anything_else(String key) {
            assertThatIllegalArgumentException().isThrownBy(() -> VerifierKey.parse(key));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                    "PRIVATE+KEY+PeterNeumann+c74f20a4+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
                    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFy",
                    "PRIVATE+KEY+PeterNeumann+c74f20a3+AoEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
                    "private+key+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
                })
        void are_not_private_ones_when_written_otherwise(String key) {
            assertThatIllegalArgumentException().isThrownBy(() -> SignerKey.parse(key));
        }
    }
}
