package dev.rapport.events.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class A_checkpoint {

    private static final String ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

    /** The example of C2SP tlog-checkpoint. */
    private static final String C2SP = """
        example.com/behind-the-sofa
        20852163
        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

        — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
        """;

    /** The example of C2SP tlog-witness. */
    private static final String C2SP_CONSISTENCY = """
        old 20852014
        PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
        jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
        5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
        /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

        example.com/behind-the-sofa
        20852163
        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

        — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
        — example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
        """;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void is_what_the_specification_shows() {
        Checkpoint checkpoint = Checkpoint.of(SignedNote.parse(bytes(C2SP)));

        assertThat(checkpoint)
                .isEqualTo(new Checkpoint("example.com/behind-the-sofa", 20_852_163, Hash.fromBase64(ROOT)));
        assertThat(checkpoint.text()).isEqualTo(C2SP.substring(0, C2SP.indexOf("\n\n") + 1));
    }

    @Test
    void is_found_among_others_in_a_file_that_they_were_appended_to() {
        SignerKey key = SignerKey.generate("o");
        String one = new Checkpoint("o", 1, Hash.fromBase64(ROOT)).sign(key).toString();
        String two = new Checkpoint("o", 2, Hash.fromBase64(ROOT), List.of("more"))
                .sign(key, key)
                .toString();

        for (String file : List.of(
                one + "\n" + two + "\n",
                one + two,
                "\n\n" + one + "\n\n" + two,
                one.substring(0, 20) + "\n\n" + one + "\n" + two,
                one.substring(0, one.length() - 20) + "\n\n" + one + "\n" + two + "\n" + two.substring(0, 40),
                "hello\n\n— o AAAAAAA=\n\n" + one + "\n" + two)) {
            assertThat(Checkpoint.notesIn(bytes(file)).stream().map(SignedNote::toString))
                    .as(file)
                    .containsExactly(one, two);
        }
        assertThat(Checkpoint.notesIn(new byte[0])).isEmpty();
    }

    @Test
    void comes_with_a_consistency_proof_as_witnesses_are_sent_it() {
        TlogConsistency consistency = TlogConsistency.parse(bytes(C2SP_CONSISTENCY));

        assertThat(consistency).hasToString(C2SP_CONSISTENCY);
        assertThat(consistency.from()).isEqualTo(20_852_014);
        assertThat(consistency.path()).hasSize(4);
        assertThat(consistency.checkpoint().signatures()).hasSize(2);
    }

    @Test
    void comes_with_an_inclusion_proof_as_others_read_it() {
        String document =
                "c2sp.org/tlog-proof@v1\nindex 73894\ngSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\n\n" + C2SP;

        TlogProof proof = TlogProof.parse(bytes(document));

        assertThat(proof).hasToString(document);
        assertThat(proof.index()).isEqualTo(73_894);
        assertThat(proof.path()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c2sp.org/tlog-proof@v1\n\n",
                "c2sp.org/tlog-proof@v2\nindex 1\n\n",
                "c2sp.org/tlog-proof@v1\nindex 01\n\n",
                "c2sp.org/tlog-proof@v1\nindex -1\n\n",
                "c2sp.org/tlog-proof@v1\nindex 99999999999999999999\n\n",
                "c2sp.org/tlog-proof@v1\nextra AAAA\nindex 1\n\n",
                "c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\n",
                "index 1\n\n",
                "",
            })
    void comes_with_no_other_proofs(String beginning) {
        assertThatIllegalArgumentException().isThrownBy(() -> TlogProof.parse(bytes(beginning + C2SP)));
    }

    @Test
    void may_say_more_in_further_lines() {
        Checkpoint extended = new Checkpoint("o", 7, Hash.fromBase64(ROOT), List.of("more", "and more"));

        assertThat(extended.text()).isEqualTo("o\n7\n" + ROOT + "\nmore\nand more\n");
        assertThat(Checkpoint.parse(extended.text())).isEqualTo(extended);
    }

    @Test
    void of_an_empty_log_has_the_empty_root() {
        Checkpoint empty = new Checkpoint("o", 0, Hash.ofNothing());

        assertThat(Checkpoint.parse(empty.text())).isEqualTo(empty);
        assertThatIllegalArgumentException().isThrownBy(() -> new Checkpoint("o", 0, Hash.fromBase64(ROOT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "o\n",
                "o\n7\n",
                "o\n7\n" + ROOT,
                "\n7\n" + ROOT + "\n",
                "o\n07\n" + ROOT + "\n",
                "o\n-7\n" + ROOT + "\n",
                "o\n+7\n" + ROOT + "\n",
                "o\n７\n" + ROOT + "\n",
                "o\n7 \n" + ROOT + "\n",
                "o\n\n" + ROOT + "\n",
                "o\n9223372036854775808\n" + ROOT + "\n",
                "o\n7\n" + ROOT + "\n\n",
                "o\n7\n" + ROOT + "\n\nmore\n",
                "o\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
                "o\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n",
                "o\n7\nCsUYapGGPo4dkMgIAUqom_Xajj7h2fB2MPA3j2jxq2I=\n",
                "o\n7\nAAAA\n",
                "o\r\n7\n" + ROOT + "\n",
            })
    void is_refused_in_any_other_form(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Checkpoint.parse(text));
    }
}
