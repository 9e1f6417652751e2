package dev.rapport.query.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.events.seal.Checkpoint;
import dev.rapport.events.seal.GrowingTree;
import dev.rapport.events.seal.Hash;
import dev.rapport.events.seal.MerkleTree;
import dev.rapport.events.seal.SignerKey;
import dev.rapport.events.storage.StoredEvent;
import dev.rapport.query.Database;
import dev.rapport.query.OnEachDatabase;
import dev.rapport.query.seal.LeafTile.SealedLeaf;
import dev.rapport.query.seal.SealTable.StoredCheckpoint;
import dev.rapport.query.seal.Sealing.Outcome;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEachDatabase
class A_sealed_log {

    private static final long SEED = Long.getLong("seed", System.nanoTime());

    @Parameter
    Database database;

    @Test
    void is_a_tree_over_its_events_in_their_order_however_they_were_sealed() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        try (var test = new TestSeal(database)) {
            Sealing node = test.sealing();
            while (test.sealedEvents() < 2_500) {
                if (random.nextInt(3) == 0) {
                    node = test.sealing(); // that has just been started
                }
                test.sealed(node, 1 + random.nextInt(700));
            }
            List<StoredEvent> events = test.log.log.read(0, 100_000);
            GrowingTree expected = GrowingTree.empty();
            List<Hash> roots = new ArrayList<>(List.of(expected.root()));
            for (StoredEvent event : events) {
                expected.append(event.toBeSealed().leafHash());
                roots.add(expected.root());
            }

            List<Checkpoint> checkpoints = test.table.checkpoints(0, 10_000).stream()
                    .map(StoredCheckpoint::signed)
                    .map(note -> test.table.keys().orElseThrow().verify(note))
                    .toList();
            assertThat(checkpoints.getLast().size()).isEqualTo(events.size());
            checkpoints.forEach(checkpoint ->
                    assertThat(checkpoint.root()).isEqualTo(roots.get(Math.toIntExact(checkpoint.size()))));
            for (int i = 1; i < checkpoints.size(); i++) {
                assertThat(checkpoints.get(i).size() - checkpoints.get(i - 1).size())
                        .isBetween(1L, (long) Sealing.MOST_EVENTS);
            }
            provesEverything(test, events, checkpoints);
            assertThat(test.verify()).isEmpty();
        }
    }

    private static void provesEverything(TestSeal test, List<StoredEvent> events, List<Checkpoint> checkpoints) {
        MerkleTree tree = new MerkleTree(new TiledNodes(test.table));
        Checkpoint newest = checkpoints.getLast();
        for (int i = 0; i < events.size(); i += 7) {
            StoredEvent event = events.get(i);
            SealedLeaf leaf = test.table.leafOf(event.position()).orElseThrow();
            assertThat(leaf.index()).isEqualTo(i);
            assertThat(tree.inclusionProof(i, newest.size())
                            .proves(event.toBeSealed().leafHash(), newest.root()))
                    .isTrue();
        }
        for (Checkpoint older : checkpoints) {
            assertThat(tree.consistencyProof(older.size(), newest.size()).proves(older.root(), newest.root()))
                    .isTrue();
        }
    }

    @Test
    void has_no_leaf_for_a_position_without_an_event() {
        try (var test = new TestSeal(database)) {
            test.sealed(test.sealing(), 3);
            long last = test.table.head().lastPosition();

            assertThat(test.table.leafOf(last + 1)).isEmpty();
            assertThat(test.table.leafOf(0)).isEmpty();
            assertThat(test.table.leafOf(last)).isPresent();
        }
    }

    @Test
    void is_never_forked_by_two_who_seal_it_at_once() throws Exception {
        try (var test = new TestSeal(database);
                var threads = Executors.newFixedThreadPool(3)) {
            AtomicBoolean written = new AtomicBoolean();
            List<Sealing> nodes = List.of(test.sealing(), test.sealing());
            List<Future<Integer>> sealers = nodes.stream()
                    .map(node -> threads.submit((Callable<Integer>) () -> {
                        int sealed = 0;
                        boolean last = false;
                        while (!last) {
                            last = written.get();
                            try {
                                if (node.sealNext() instanceof Outcome.Sealed) {
                                    sealed++;
                                    last = false;
                                }
                            } catch (SealTable.LostTurn lost) {
                                last = false;
                            }
                        }
                        return sealed;
                    }))
                    .toList();
            for (int i = 0; i < 150; i++) {
                test.append(1 + i % 5);
            }
            written.set(true);
            int checkpoints = 0;
            for (Future<Integer> sealer : sealers) {
                checkpoints += sealer.get(1, TimeUnit.MINUTES);
            }

            assertThat(test.sealedEvents()).isEqualTo(450);
            assertThat(test.table.checkpoints(1, 10_000)).hasSize(checkpoints);
            assertThat(test.verify()).isEmpty();
        }
    }

    /** The line to the database breaks before the first statement, before the second, ..., at the commit, and just after it. */
    @Test
    void goes_on_wherever_sealing_was_cut_off() {
        try (var test = new TestSeal(database)) {
            test.sealed(test.sealing(), 300);
            int cuts = 0;
            boolean cut = true;
            for (int step = 1; cut; step++) {
                for (boolean afterwards : new boolean[] {false, true}) {
                    test.append(100);
                    var line = new BreakingLine(test.dataSource);
                    Sealing node = new Sealing(test.log.log, TestSeal.tableOn(line), test.key, Clock.systemUTC());
                    line.breakAt(step, afterwards);
                    cut = !sealed(node);
                    cuts += cut ? 1 : 0;
                    if (step % 2 == 0) {
                        assertThat(test.verify()).isEmpty();
                    }
                    TestSeal.sealAll(test.sealing());
                    assertThat(test.verify()).isEmpty();
                }
            }
            assertThat(cuts).isGreaterThan(12);
            assertThat(test.sealedEvents())
                    .isEqualTo(test.log.log.read(0, 100_000).size());
        }
    }

    private static boolean sealed(Sealing node) {
        try {
            node.sealNext();
            return true;
        } catch (RuntimeException cutOff) {
            return false;
        }
    }

    @Test
    void is_not_gone_on_with_when_its_edge_is_not_what_was_signed() {
        try (var test = new TestSeal(database)) {
            test.sealed(test.sealing(), 10);
            byte[] hashes = test.table.leaves(0).tile().hashes();
            hashes[40] ^= 1;
            test.sql("update seal_leaves set hashes = ? where tile = 0", (Object) hashes);
            test.append(1);

            Sealing node = new Sealing(test.log.log, test.table, test.key, Clock.systemUTC());

            assertThatThrownBy(node::sealNext)
                    .isInstanceOf(ContradictedSeal.class)
                    .hasMessageContaining("signs 10 events");
            assertThat(test.sealedEvents()).isEqualTo(10);
        }
    }

    @Test
    void is_left_to_the_key_in_charge() {
        try (var test = new TestSeal(database)) {
            test.sealed(test.sealing(), 10);
            test.append(1);

            Sealing stranger =
                    new Sealing(test.log.log, test.table, SignerKey.generate(TestSeal.ORIGIN), Clock.systemUTC());

            assertThatThrownBy(stranger::sealNext)
                    .isInstanceOf(ContradictedSeal.class)
                    .hasMessageContaining("is not in charge");
        }
    }
}
