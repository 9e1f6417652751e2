package dev.rapport.query.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.events.seal.Hash;
import dev.rapport.events.seal.SignedNote;
import dev.rapport.events.seal.SignerKey;
import dev.rapport.events.storage.StoredEvent;
import dev.rapport.query.Database;
import dev.rapport.query.OnEachDatabase;
import dev.rapport.query.seal.LogMismatch.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** By somebody with full rights on the database. */
@OnEachDatabase
class A_log_that_was_tampered_with {

    private static final int EVENTS = 700;

    @Parameter
    Database database;

    private TestSeal untouched;
    private TestSeal test;
    private List<StoredEvent> events;

    @BeforeParameterizedClassInvocation
    void seal() {
        untouched = new TestSeal(database);
        Sealing sealing = untouched.sealing();
        for (int i = 0; i < 7; i++) {
            untouched.sealed(sealing, EVENTS / 7);
        }
        untouched.close();
    }

    @BeforeEach
    void copy() {
        test = untouched.copy(database);
        events = test.log.log.read(0, 10_000);
        assertThat(test.verify()).isEmpty();
    }

    @AfterEach
    void close() {
        test.close();
    }

    private LogMismatch found() {
        return test.verify().orElseThrow();
    }

    private StoredEvent event(int number) {
        return events.get(number - 1);
    }

    private void isFoundAt(StoredEvent event, Kind kind) {
        assertThat(found()).satisfies(mismatch -> {
            assertThat(mismatch.kind()).isEqualTo(kind);
            assertThat(mismatch.position()).isEqualTo(event.position());
            assertThat(mismatch.eventId()).isEqualTo(event.eventId());
            assertThat(mismatch.detail()).contains("position " + event.position());
        });
    }

    private void saySomethingElse(StoredEvent event) {
        String payload = new String(event.payload(), StandardCharsets.UTF_8);
        String changed = payload.replace("SUPPLIER", "CUSTOMER");
        assertThat(changed).isNotEqualTo(payload);
        test.sql(
                "update event_log set payload = ? where position = ?",
                changed.getBytes(StandardCharsets.UTF_8),
                event.position());
    }

    @Test
    void shows_a_payload_that_was_changed() {
        saySomethingElse(event(333));

        isFoundAt(event(333), Kind.EVENT_CHANGED);
    }

    @Test
    void shows_metadata_that_was_changed() {
        String metadata = new String(event(1).metadata(), StandardCharsets.UTF_8).replace("manager1", "manager2");
        test.sql(
                "update event_log set metadata = ? where position = ?",
                metadata.getBytes(StandardCharsets.UTF_8),
                event(1).position());

        isFoundAt(event(1), Kind.EVENT_CHANGED);
    }

    @Test
    void shows_any_other_column_that_was_changed() {
        for (String change : List.of(
                "event_id = 'another'",
                "stream_type = 'Another'",
                "stream = 'stakeholder/another'",
                "sequence_number = sequence_number + 7",
                "event_type = 'Another'",
                "revision = '9'",
                "recorded_at = recorded_at + interval '1' second")) {
            long position = event(EVENTS).position();
            test.sql("create table kept as select * from event_log where position = " + position);
            test.sql("update event_log set " + change + " where position = ?", position);

            assertThat(found().position()).as(change).isEqualTo(position);

            test.sql("delete from event_log where position = ?", position);
            test.sql("insert into event_log (position, event_id, stream_type, stream, sequence_number, event_type,"
                    + " revision, recorded_at, payload, metadata) select position, event_id, stream_type, stream,"
                    + " sequence_number, event_type, revision, recorded_at, payload, metadata from kept");
            test.sql("drop table kept");
            assertThat(test.verify()).isEmpty();
        }
    }

    @Test
    void shows_an_event_that_was_deleted_in_the_middle() {
        test.sql("delete from event_log where position = ?", event(256).position());

        assertThat(found()).satisfies(mismatch -> {
            assertThat(mismatch.kind()).isEqualTo(Kind.EVENT_MISSING);
            assertThat(mismatch.position()).isEqualTo(event(256).position());
            assertThat(mismatch.detail())
                    .isEqualTo("The event that was sealed at position "
                            + event(256).position() + " is gone.");
        });
    }

    @Test
    void shows_an_event_that_was_inserted() {
        if (database == Database.H2) {
            // no positions are free, so all behind it move on
            test.sql(
                    "update event_log set position = position + 100000 where position >= ?",
                    event(400).position());
            test.sql("update event_log set position = position - 99999 where position >= 100000");
        } else {
            // a position of a transaction that was rolled back
            test.sql("do $$ begin perform nextval('event_log_position'); end $$");
            Sealing sealing = test.sealing();
            test.sealed(sealing, 1);
        }
        long free =
                database == Database.H2 ? event(400).position() : event(EVENTS).position() + 1;
        insertCopyOf(event(1), free);

        assertThat(found()).satisfies(mismatch -> {
            assertThat(mismatch.position()).isEqualTo(free);
            assertThat(mismatch.eventId()).isEqualTo("inserted");
            assertThat(mismatch.kind()).isEqualTo(database == Database.H2 ? Kind.EVENT_MOVED : Kind.EVENT_INSERTED);
        });
    }

    private void insertCopyOf(StoredEvent event, long position) {
        test.sql(
                "insert into event_log (position, event_id, stream_type, stream, sequence_number, event_type,"
                    + " revision, recorded_at, payload, metadata) select ?, 'inserted', stream_type,"
                    + " 'stakeholder/inserted', 0, event_type, revision, recorded_at, payload, metadata from event_log"
                    + " where position = ?",
                position,
                event.position());
    }

    @Test
    void shows_two_events_that_were_swapped_and_where_they_stand_now() {
        long one = event(100).position();
        long other = event(500).position();
        test.sql("update event_log set position = -1 where position = ?", one);
        test.sql("update event_log set position = ? where position = ?", one, other);
        test.sql("update event_log set position = ? where position = -1", other);

        assertThat(found()).satisfies(mismatch -> {
            assertThat(mismatch.kind()).isEqualTo(Kind.EVENT_MOVED);
            assertThat(mismatch.position()).isEqualTo(one);
            assertThat(mismatch.eventId()).isEqualTo(event(500).eventId());
            assertThat(mismatch.detail())
                    .contains(
                            "sealed at position " + one + " stands at position " + other,
                            event(100).eventId());
        });
    }

    @Test
    void shows_that_its_tail_was_cut_off() {
        test.sql("delete from event_log where position > ?", event(650).position());

        assertThat(found()).satisfies(mismatch -> {
            assertThat(mismatch.kind()).isEqualTo(Kind.EVENT_MISSING);
            assertThat(mismatch.position()).isEqualTo(event(651).position());
            assertThat(mismatch.detail())
                    .contains(
                            "is gone, and so is all after it",
                            "ends at " + event(650).position());
        });
    }

    @Test
    void shows_that_it_was_emptied() {
        test.sql("delete from event_log");

        assertThat(found().position()).isEqualTo(event(1).position());
    }

    // with the seal as well, but not the key

    @Test
    void shows_a_changed_event_whose_leaf_was_made_to_fit() {
        String metadata = new String(event(333).metadata(), StandardCharsets.UTF_8).replace("manager1", "manager2");
        test.sql(
                "update event_log set metadata = ? where position = ?",
                metadata.getBytes(StandardCharsets.UTF_8),
                event(333).position());
        replaceLeaf(333);

        // the tree above it is not what it was; checkpoints say so the closer the more of them there are
        assertThat(found()).satisfies(mismatch -> {
            assertThat(mismatch.kind()).isEqualTo(Kind.CHECKPOINT_CHANGED);
            assertThat(mismatch.position()).isEqualTo(event(301).position());
            assertThat(mismatch.throughPosition()).isEqualTo(event(400).position());
        });
    }

    @Test
    void shows_nodes_that_do_not_fit_their_leaves() {
        byte[] hashes = test.table.nodes(new Tile.Id(1, 0)).hashes();
        hashes[Hash.SIZE] ^= 1;
        test.sql("update seal_nodes set hashes = ? where height = 1", (Object) hashes);

        assertThat(found()).satisfies(mismatch -> {
            assertThat(mismatch.kind()).isEqualTo(Kind.SEAL_CHANGED);
            assertThat(mismatch.throughPosition()).isEqualTo(event(512).position());
        });
    }

    @Test
    void shows_leaves_that_are_gone() {
        test.sql("delete from seal_leaves where tile = 1");

        assertThat(found()).satisfies(mismatch -> {
            assertThat(mismatch.kind()).isEqualTo(Kind.SEAL_CHANGED);
            assertThat(mismatch.position()).isEqualTo(event(257).position());
        });
    }

    @Test
    void shows_a_checkpoint_that_was_forged() {
        String note = test.table.checkpointAt(300).orElseThrow().note();
        test.sql("update seal_checkpoint set note = ? where tree_size = 300", note.replace("\n300\n", "\n299\n"));

        assertThat(found()).satisfies(mismatch -> {
            assertThat(mismatch.kind()).isEqualTo(Kind.CHECKPOINT_CHANGED);
            assertThat(mismatch.position()).isEqualTo(event(201).position());
            assertThat(mismatch.throughPosition()).isEqualTo(event(300).position());
        });
    }

    @Test
    void shows_that_the_newest_checkpoints_are_gone() {
        test.sql("delete from seal_checkpoint where tree_size > 300");
        test.append(1);

        Sealing sealing = new Sealing(test.log.log, test.table, test.key, Clock.systemUTC());

        assertThatThrownBy(sealing::sealNext).isInstanceOf(ContradictedSeal.class);
    }

    private void replaceLeaf(int number) {
        StoredEvent changed = test.log.log.read(event(number).position() - 1, 1).getFirst();
        LeafTile tile = test.table.leaves((number - 1) / Tile.WIDTH);
        byte[] hashes = tile.tile().hashes();
        System.arraycopy(
                changed.toBeSealed().leafHash().bytes(), 0, hashes, (number - 1) % Tile.WIDTH * Hash.SIZE, Hash.SIZE);
        test.sql("update seal_leaves set hashes = ? where tile = ?", hashes, (number - 1L) / Tile.WIDTH);
    }

    // with the seal, and a key

    private void rewriteEverything() {
        saySomethingElse(event(333));
        for (String table : List.of("seal_leaves", "seal_nodes", "seal_checkpoint", "seal_key")) {
            test.sql("delete from " + table);
        }
        test.sql("update seal_head set tree_size = 0, last_position = 0");
    }

    private void sealAnewWith(SignerKey key) {
        TestSeal.sealAll(test.sealing(test.table, key));
    }

    @Test
    void and_sealed_anew_with_another_key_contradicts_a_checkpoint_that_was_kept() {
        SignedNote kept = test.newest();
        rewriteEverything();
        sealAnewWith(SignerKey.generate(TestSeal.ORIGIN));

        assertThat(test.verify()).isEmpty();
        assertThat(test.verify(kept).orElseThrow()).satisfies(mismatch -> {
            assertThat(mismatch.kind()).isEqualTo(Kind.CHECKPOINT_CONTRADICTED);
            assertThat(mismatch.detail()).contains("sealed anew with another key");
        });
        // nor does a node with the true key take it for its own
        var node = new LogVerifier(test.log.log, test.table, null, test.key.verifierKey());
        assertThat(TestSeal.Verified.by(node, null).orElseThrow().detail()).contains("it was sealed anew");
    }

    @Test
    void and_sealed_anew_with_the_same_key_contradicts_a_checkpoint_that_was_kept() {
        SignedNote kept = test.newest();
        rewriteEverything();
        sealAnewWith(test.key);

        assertThat(test.verify()).isEmpty();
        assertThat(test.verify(kept).orElseThrow()).satisfies(mismatch -> {
            assertThat(mismatch.kind()).isEqualTo(Kind.CHECKPOINT_CONTRADICTED);
            assertThat(mismatch.throughPosition()).isEqualTo(event(EVENTS).position());
            assertThat(mismatch.detail()).contains("events were rewritten, and the seal with them");
        });
    }

    @Test
    void and_sealed_anew_is_narrowed_down_by_the_checkpoints_in_a_file(@TempDir Path folder) throws Exception {
        CheckpointFile file = new CheckpointFile(folder.resolve("checkpoints"));
        for (int size = 0; size <= EVENTS; size += 100) {
            file.deliver(test.table.checkpointAt(size).orElseThrow().signed());
        }
        assertThat(TestSeal.Verified.by(test.verifier(file), null)).isEmpty();
        rewriteEverything();
        sealAnewWith(test.key);

        assertThat(TestSeal.Verified.by(test.verifier(file), null).orElseThrow())
                .satisfies(mismatch -> {
                    assertThat(mismatch.kind()).isEqualTo(Kind.CHECKPOINT_CONTRADICTED);
                    assertThat(mismatch.position()).isEqualTo(event(301).position());
                    assertThat(mismatch.throughPosition()).isEqualTo(event(400).position());
                });
        assertThat(Files.size(folder.resolve("checkpoints"))).isPositive();
        SealStanding standing = new SealStanding();
        assertThat(new SealAtStart(test.verifier(file), standing).allowsSealing())
                .isFalse();
        assertThat(standing.troubles()).containsOnlyKeys("the checkpoints kept elsewhere");
    }

    @Test
    void and_put_back_to_an_older_state_with_its_seal_contradicts_a_checkpoint_that_was_kept() {
        SignedNote kept = test.newest();
        rewriteEverything();
        test.sql("delete from event_log where position > ?", event(500).position());
        sealAnewWith(test.key);

        assertThat(test.verify(kept).orElseThrow()).satisfies(mismatch -> {
            assertThat(mismatch.kind()).isEqualTo(Kind.CHECKPOINT_CONTRADICTED);
            assertThat(mismatch.position()).isEqualTo(event(500).position() + 1);
            assertThat(mismatch.detail()).contains("signs 700 events", "sealed for 500 only");
        });
    }

    // at the start

    @Test
    void is_noticed_at_the_start_when_its_newest_part_was_changed() {
        test.sql(
                "update event_log set revision = '9' where position = ?",
                event(690).position());
        SealStanding standing = new SealStanding();

        assertThat(new SealAtStart(test.verifier(null), standing).allowsSealing())
                .isTrue();
        assertThat(standing.troubles())
                .hasEntrySatisfying(
                        "the newest part of the log",
                        detail -> assertThat(detail)
                                .contains("position " + event(690).position()));
    }
}
