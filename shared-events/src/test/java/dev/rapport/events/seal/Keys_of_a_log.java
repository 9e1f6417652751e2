package dev.rapport.events.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class Keys_of_a_log {

    private static final String ORIGIN = "rapport.example/log";
    private static final SignerKey FIRST = SignerKey.generate(ORIGIN);
    private static final SignerKey SECOND = SignerKey.generate(ORIGIN);
    private static final SignerKey THIRD = SignerKey.generate(ORIGIN);
    private static final SignedNote TO_SECOND = LogKeys.rotation(checkpoint(100), FIRST, SECOND);
    private static final SignedNote TO_THIRD = LogKeys.rotation(checkpoint(200), SECOND, THIRD);

    private static final LogKeys KEYS = LogKeys.of(FIRST.verifierKey(), List.of(TO_SECOND, TO_THIRD));

    private static Checkpoint checkpoint(long size) {
        return new Checkpoint(ORIGIN, size, Hash.ofLeaf(new byte[] {(byte) size}));
    }

    private static void assertRefused(ThrowingCallable check, String message) {
        assertThatExceptionOfType(SealException.class).isThrownBy(check).withMessageContaining(message);
    }

    @Test
    void follow_one_another() {
        assertThat(KEYS.keys()).containsExactly(FIRST.verifierKey(), SECOND.verifierKey(), THIRD.verifierKey());
        assertThat(KEYS.current()).isEqualTo(THIRD.verifierKey());
        assertThat(KEYS.rotations()).containsExactly(TO_SECOND, TO_THIRD);
    }

    @Test
    void verify_the_checkpoints_of_their_time() {
        assertThat(KEYS.verify(checkpoint(1).sign(FIRST))).isEqualTo(checkpoint(1));
        assertThat(KEYS.verify(checkpoint(100).sign(FIRST))).isEqualTo(checkpoint(100));
        assertThat(KEYS.verify(checkpoint(100).sign(SECOND))).isEqualTo(checkpoint(100));
        assertThat(KEYS.verify(checkpoint(150).sign(SECOND))).isEqualTo(checkpoint(150));
        assertThat(KEYS.verify(checkpoint(201).sign(THIRD))).isEqualTo(checkpoint(201));
        assertThat(KEYS.verify(TO_SECOND).size()).isEqualTo(100);
    }

    @Test
    void do_not_verify_those_of_another_time() {
        assertRefused(() -> KEYS.verify(checkpoint(101).sign(FIRST)), "signed by none of the keys");
        assertRefused(() -> KEYS.verify(checkpoint(99).sign(SECOND)), "signed by none of the keys");
        assertRefused(() -> KEYS.verify(checkpoint(199).sign(THIRD)), "signed by none of the keys");
        assertRefused(() -> KEYS.verify(checkpoint(300).sign(SECOND)), "signed by none of the keys");
    }

    @Test
    void are_of_one_log() {
        SignedNote others = new Checkpoint("another.example/log", 1, Hash.ofLeaf(new byte[0])).sign(FIRST);

        assertRefused(() -> KEYS.verify(others), "a checkpoint of the log another.example/log, not of " + ORIGIN);
        SignerKey named = SignerKey.generate("another.example/log");
        assertRefused(
                () -> LogKeys.of(FIRST.verifierKey()).rotated(LogKeys.rotation(checkpoint(1), FIRST, named)),
                "cannot succeed");
    }

    @Test
    void are_put_in_charge_by_the_one_before() {
        LogKeys first = LogKeys.of(FIRST.verifierKey());

        assertRefused(
                () -> first.rotated(LogKeys.rotation(checkpoint(100), SECOND, THIRD)), "was not put in charge by");
        assertRefused(
                () -> KEYS.rotated(LogKeys.rotation(checkpoint(300), FIRST, SignerKey.generate(ORIGIN))), "was not");
        assertRefused(() -> first.rotated(checkpoint(100).sign(FIRST, SECOND)), "puts no key in charge");
        String named = "successor " + SECOND.verifierKey();
        Checkpoint naming = new Checkpoint(ORIGIN, 100, checkpoint(100).root(), List.of(named));
        assertRefused(() -> first.rotated(naming.sign(FIRST)), "was not put in charge by");
        assertRefused(() -> first.rotated(naming.sign(SECOND)), "was not put in charge by");
        assertRefused(() -> first.rotated(naming.sign(FIRST, THIRD)), "was not put in charge by");
        assertThat(first.rotated(naming.sign(FIRST, SECOND)).current()).isEqualTo(SECOND.verifierKey());
    }

    @Test
    void do_not_come_back() {
        assertRefused(() -> KEYS.rotated(LogKeys.rotation(checkpoint(300), THIRD, FIRST)), "cannot succeed");
        assertRefused(() -> KEYS.rotated(LogKeys.rotation(checkpoint(300), THIRD, THIRD)), "cannot succeed");
    }

    @Test
    void follow_one_another_in_the_order_of_the_log() {
        assertRefused(
                () -> KEYS.rotated(LogKeys.rotation(checkpoint(150), THIRD, SignerKey.generate(ORIGIN))), "before");
    }

    @Test
    void verify_nothing_but_checkpoints() {
        assertRefused(() -> KEYS.verify(SignedNote.sign("hello\n", THIRD)), "no checkpoint");
    }
}
