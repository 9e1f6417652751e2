package dev.rapport.query.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.events.seal.Checkpoint;
import dev.rapport.events.seal.LogKeys;
import dev.rapport.events.seal.SignerKey;
import dev.rapport.query.Database;
import dev.rapport.query.OnEachDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

@OnEachDatabase
class The_key_of_a_seal {

    @Parameter
    Database database;

    @TempDir
    private Path folder;

    private TestSeal test;

    @BeforeEach
    void begin() {
        test = new TestSeal(database);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private SignerKey open(@Nullable SignerKey key, @Nullable SignerKey retiring, @Nullable Path fileOfNewKey) {
        return new SealOpening(test.table, TestSeal.properties(key, retiring, fileOfNewKey), Clock.systemUTC()).open();
    }

    private void seal(SignerKey key, int events) {
        test.append(events);
        TestSeal.sealAll(new Sealing(test.log.log, test.table, key, Clock.systemUTC()));
    }

    @Test
    void is_made_once_for_its_owner_only() throws Exception {
        Path file = folder.resolve("somewhere/seal.key");

        SignerKey made = open(null, null, file);

        assertThat(open(null, null, file).verifierKey()).isEqualTo(made.verifierKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).isEqualTo(made.secret() + "\n");
        assertThat(test.table.keys().orElseThrow().keys()).containsExactly(made.verifierKey());
    }

    @Test
    void is_the_other_process_s_when_that_made_one_meanwhile() throws Exception {
        Path file = Files.writeString(folder.resolve("seal.key"), test.key.secret() + "\n");

        assertThat(SealKeys.make(TestSeal.ORIGIN, file).secret()).isEqualTo(test.key.secret());
        assertThat(Files.readString(file)).isEqualTo(test.key.secret() + "\n");
    }

    @Test
    void that_is_missing_is_not_replaced() throws Exception {
        Path file = folder.resolve("seal.key");
        seal(open(null, null, file), 5);
        Files.delete(file);

        assertThatThrownBy(() -> open(null, null, file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is missing: bring it back to " + file);
        assertThat(file).doesNotExist();
        assertThatThrownBy(() -> open(null, null, null)).hasMessageContaining("is missing");
    }

    @Test
    void has_to_come_from_somewhere() {
        assertThatThrownBy(() -> open(null, null, null)).hasMessageContaining("there is no key");
    }

    @Test
    void is_no_other_than_the_one_in_charge() {
        seal(open(test.key, null, null), 5);

        assertThatThrownBy(() -> open(SignerKey.generate(TestSeal.ORIGIN), null, null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("but the one at hand is");
    }

    @Test
    void that_is_no_key_is_not_told_to_anybody() throws Exception {
        Path file =
                Files.writeString(folder.resolve("seal.key"), test.key.secret().replace("+", "-"));

        assertThatThrownBy(() -> open(null, null, file))
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining(test.key.secret().substring(40));
    }

    @Test
    void can_be_retired_for_another_that_goes_on() {
        SignerKey successor = SignerKey.generate(TestSeal.ORIGIN);
        seal(open(test.key, null, null), 300);

        SignerKey inCharge = open(successor, test.key, null);
        seal(inCharge, 300);

        LogKeys keys = test.table.keys().orElseThrow();
        assertThat(keys.keys()).containsExactly(test.key.verifierKey(), successor.verifierKey());
        assertThat(test.sealedEvents()).isEqualTo(600);
        assertThat(test.verify()).isEmpty();
        assertThat(open(successor, test.key, null).verifierKey())
                .as("started again with both")
                .isEqualTo(successor.verifierKey());
        assertThatThrownBy(() -> open(test.key, null, null)).hasMessageContaining("but the one at hand is");
    }

    @Test
    void that_was_retired_is_no_more_taken_for_the_newer_part() {
        SignerKey successor = SignerKey.generate(TestSeal.ORIGIN);
        seal(open(test.key, null, null), 10);
        seal(open(successor, test.key, null), 10);
        var newest = Checkpoint.of(test.newest());

        test.sql(
                "update seal_checkpoint set note = ? where tree_size = 20",
                newest.sign(test.key).toString());

        assertThat(test.verify().orElseThrow().detail()).contains("not one that was signed");
    }

    @Test
    void is_made_for_a_log_that_retires_the_one_before() {
        Path file = folder.resolve("seal.key");
        seal(open(test.key, null, null), 10);

        SignerKey made = open(null, test.key, file);

        assertThat(made.name()).isEqualTo(TestSeal.ORIGIN);
        seal(made, 10);
        assertThat(test.verify()).isEmpty();
    }

    @Test
    void stands_for_the_origin_that_the_log_is_told_to_have() {
        var properties = new SealProperties(
                true,
                4,
                Duration.ZERO,
                null,
                "example.com/another",
                test.key.secret(),
                null,
                false,
                null,
                null,
                null,
                null);

        assertThatThrownBy(() -> new SealOpening(test.table, properties, Clock.systemUTC()).open())
                .hasMessageContaining("keeps its origin");
    }
}
