package dev.rapport.events.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Seeded where it says so; a failure tells the seed. */
class A_merkle_tree {

    private static Hash hash(String hex) {
        return Hash.of(HexFormat.of().parseHex(hex));
    }

    private static List<Hash> leaves(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> Hash.ofLeaf(("leaf " + i).getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    /** RFC 9162, 2.1.1, as it is defined. */
    private static Hash rootFromScratch(List<Hash> leaves) {
        return switch (leaves.size()) {
            case 0 -> Hash.ofNothing();
            case 1 -> leaves.get(0);
            default -> {
                int left = Integer.highestOneBit(leaves.size() - 1);
                yield Hash.ofNode(
                        rootFromScratch(leaves.subList(0, left)), rootFromScratch(leaves.subList(left, leaves.size())));
            }
        };
    }

    static Stream<Long> seeds() {
        return LongStream.range(0, 200).mapToObj(i -> 9162L + i);
    }

    private static List<Hash> changed(List<Hash> path, Random random) {
        List<Hash> changed = new ArrayList<>(path);
        Hash other = Hash.ofLeaf(new byte[] {(byte) random.nextInt()});
        switch (path.isEmpty() ? 0 : random.nextInt(6)) {
            case 0 -> changed.add(random.nextInt(path.size() + 1), other);
            case 1 -> changed.remove(random.nextInt(path.size()));
            case 2 -> changed.set(random.nextInt(path.size()), other);
            case 3 -> changed.clear();
            case 4 -> changed.add(changed.get(random.nextInt(path.size())));
            default -> {
                int at = random.nextInt(path.size());
                byte[] bytes = changed.get(at).bytes();
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                changed.set(at, Hash.of(bytes));
            }
        }
        return changed;
    }

    /** The tree that the reference implementation of certificate transparency is tested with, and others since. */
    @Nested
    class Of_the_eight_known_leaves {

        private final MerkleTree tree = new MerkleTree(StoredNodes.of(Stream.of(
                        "",
                        "00",
                        "10",
                        "2021",
                        "3031",
                        "40414243",
                        "5051525354555657",
                        "606162636465666768696a6b6c6d6e6f")
                .map(leaf -> Hash.ofLeaf(HexFormat.of().parseHex(leaf)))
                .toList()));

        @ParameterizedTest
        @CsvSource({
            "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        })
        void has_the_known_root_at_every_size(long size, String root) {
            assertThat(tree.root(size)).isEqualTo(hash(root));
        }

        @ParameterizedTest
        @CsvSource({
            "0, 1, ''",
            "0, 8, 96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
                    + " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
                    + " 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            "5, 8, bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
                    + " ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
                    + " d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "2, 3, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "1, 5, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
                    + " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
                    + " bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        })
        void has_the_known_inclusion_proofs(long index, long size, String path) {
            assertThat(tree.inclusionProof(index, size)).isEqualTo(new InclusionProof(index, size, hashes(path)));
        }

        @ParameterizedTest
        @CsvSource({
            "1, 1, ''",
            "1, 8, 96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
                    + " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
                    + " 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            "6, 8, 0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
                    + " ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
                    + " d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "2, 5, 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
                    + " bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        })
        void has_the_known_consistency_proofs(long from, long to, String path) {
            assertThat(tree.consistencyProof(from, to)).isEqualTo(new ConsistencyProof(from, to, hashes(path)));
        }

        private static List<Hash> hashes(String hex) {
            return Stream.of(hex.split(" "))
                    .filter(hash -> !hash.isEmpty())
                    .map(A_merkle_tree::hash)
                    .toList();
        }
    }

    /** The appendix "Subtree Test Vectors" of draft-ietf-plants-merkle-tree-certs: one hash over all trees of up to 130 leaves, d[i] = i. */
    @Nested
    class Of_the_vectors_that_add_up {

        private static final int LEAVES = 130;

        @Test
        void has_the_roots_that_add_up() throws Exception {
            MessageDigest sum = MessageDigest.getInstance("SHA-256");
            subtrees((from, to, tree) -> sum.update(
                    line("[" + from + ", " + to + ") " + tree.root(to - from).hex())));

            assertThat(HexFormat.of().formatHex(sum.digest()))
                    .isEqualTo("b82806ad4265bb151c1119c0f4db437bb4d1a1f887b3a7fba1cd4ebf552e3e81");
        }

        @Test
        void has_the_inclusion_proofs_that_add_up() throws Exception {
            MessageDigest sum = MessageDigest.getInstance("SHA-256");
            subtrees((from, to, tree) -> {
                for (int index = from; index < to; index++) {
                    String path = tree.inclusionProof(index - from, to - from).path().stream()
                            .map(hash -> " " + hash.hex())
                            .collect(Collectors.joining());
                    sum.update(line(index + " [" + from + ", " + to + ")" + path));
                }
            });

            assertThat(HexFormat.of().formatHex(sum.digest()))
                    .isEqualTo("ac2a8f989e44d99e399db448050ff5f19757df53cfb716aa81015d3955d8163f");
        }

        private static byte[] line(String line) {
            return (line + "\n").getBytes(StandardCharsets.US_ASCII);
        }

        /** All that could be under a node of a larger tree. */
        private static void subtrees(OnSubtree on) {
            List<Hash> leaves = IntStream.range(0, LEAVES)
                    .mapToObj(i -> Hash.ofLeaf(new byte[] {(byte) i}))
                    .toList();
            for (int to = 0; to <= LEAVES; to++) {
                for (int from = 0; from <= to; from++) {
                    int width = to - from < 2 ? to - from : Integer.highestOneBit(to - from - 1) << 1;
                    if (width == 0 || from % width == 0) {
                        on.subtree(from, to, new MerkleTree(StoredNodes.of(leaves.subList(from, to))));
                    }
                }
            }
        }

        interface OnSubtree {
            void subtree(int from, int to, MerkleTree tree);
        }
    }

    @Nested
    class Of_any_size {

        @ParameterizedTest
        @MethodSource("dev.rapport.events.seal.A_merkle_tree#seeds")
        void has_the_same_root_however_it_came_about(long seed) {
            Random random = new Random(seed);
            List<Hash> leaves = leaves(random.nextInt(300));
            StoredNodes nodes = new StoredNodes();
            GrowingTree tree = GrowingTree.empty();
            for (Hash leaf : leaves) {
                if (random.nextInt(4) == 0) {
                    tree = GrowingTree.continuing(tree.size(), nodes);
                }
                nodes.store(tree.append(leaf));
            }

            assertThat(tree.size()).isEqualTo(leaves.size());
            assertThat(tree.root()).isEqualTo(rootFromScratch(leaves));
            int older = random.nextInt(leaves.size() + 1);
            assertThat(new MerkleTree(nodes).root(older)).isEqualTo(rootFromScratch(leaves.subList(0, older)));
        }

        @ParameterizedTest
        @MethodSource("dev.rapport.events.seal.A_merkle_tree#seeds")
        void proves_each_leaf_and_nothing_else(long seed) {
            Random random = new Random(seed);
            int size = 1 + random.nextInt(300);
            List<Hash> leaves = leaves(size);
            MerkleTree tree = new MerkleTree(StoredNodes.of(leaves));
            Hash root = tree.root(size);
            int index = random.nextInt(size);
            Hash leaf = leaves.get(index);

            InclusionProof proof = tree.inclusionProof(index, size);

            assertThat(proof.proves(leaf, root)).isTrue();
            assertThat(proof.proves(Hash.ofLeaf(new byte[0]), root)).isFalse();
            assertThat(proof.proves(leaf, Hash.ofLeaf(new byte[0]))).isFalse();
            assertThat(new InclusionProof(index, size, changed(proof.path(), random)).proves(leaf, root))
                    .isFalse();
            for (long other : List.of(-1L, index - 1L, index + 1L, index ^ 2L, (long) size, Long.MAX_VALUE)) {
                if (other != index) {
                    assertThat(new InclusionProof(other, size, proof.path()).proves(leaf, root))
                            .as("leaf %s of %s", other, size)
                            .isFalse();
                }
            }
        }

        @ParameterizedTest
        @MethodSource("dev.rapport.events.seal.A_merkle_tree#seeds")
        void proves_a_leaf_for_its_own_size_only(long seed) {
            Random random = new Random(seed);
            int size = 1 + random.nextInt(300);
            List<Hash> leaves = leaves(size);
            MerkleTree tree = new MerkleTree(StoredNodes.of(leaves));
            int index = random.nextInt(size);
            InclusionProof proof = tree.inclusionProof(index, size);

            for (int other = 1; other <= size; other++) {
                if (other != size) {
                    assertThat(proof.proves(leaves.get(index), tree.root(other)))
                            .as("the proof for %s against %s", size, other)
                            .isFalse();
                }
            }
            // a proof for another size, said to be for this one, leads elsewhere unless the way to the root is the same
            for (int other = index + 1; other < size; other++) {
                List<Hash> path = tree.inclusionProof(index, other).path();
                assertThat(new InclusionProof(index, size, path).proves(leaves.get(index), tree.root(size)))
                        .isEqualTo(path.equals(proof.path()));
            }
        }

        @ParameterizedTest
        @MethodSource("dev.rapport.events.seal.A_merkle_tree#seeds")
        void proves_that_it_grew_and_nothing_else(long seed) {
            Random random = new Random(seed);
            int to = 1 + random.nextInt(300);
            int from = 1 + random.nextInt(to);
            List<Hash> leaves = leaves(to);
            MerkleTree tree = new MerkleTree(StoredNodes.of(leaves));
            Hash older = tree.root(from);
            Hash newer = tree.root(to);

            ConsistencyProof proof = tree.consistencyProof(from, to);

            assertThat(proof.proves(older, newer)).isTrue();
            assertThat(new ConsistencyProof(from, to, changed(proof.path(), random)).proves(older, newer))
                    .isFalse();
            if (from != to) {
                assertThat(proof.proves(newer, older)).isFalse();
                assertThat(proof.proves(older, older)).isFalse();
                assertThat(proof.proves(newer, newer)).isFalse();
                assertThat(new ConsistencyProof(to, from, proof.path()).proves(newer, older))
                        .isFalse();
                assertThat(new ConsistencyProof(from, to, List.of()).proves(older, newer))
                        .isFalse();
            }
        }

        @ParameterizedTest
        @MethodSource("dev.rapport.events.seal.A_merkle_tree#seeds")
        void does_not_prove_that_it_grew_from_another(long seed) {
            Random random = new Random(seed);
            int to = 2 + random.nextInt(300);
            int from = 1 + random.nextInt(to - 1);
            List<Hash> leaves = leaves(to);
            List<Hash> others = new ArrayList<>(leaves);
            int at = random.nextInt(from);
            switch (random.nextInt(3)) {
                case 0 -> others.set(at, Hash.ofLeaf(new byte[] {1}));
                case 1 -> Collections.swap(others, at, at + 1);
                default -> others.remove(at);
            }
            MerkleTree other = new MerkleTree(StoredNodes.of(others));
            int newer = others.size();
            int older = Math.min(from, newer);

            assertThat(other.consistencyProof(older, newer)
                            .proves(rootFromScratch(leaves.subList(0, older)), other.root(newer)))
                    .isEqualTo(leaves.subList(0, older).equals(others.subList(0, older)));
        }

        @Test
        void has_begun_empty() {
            MerkleTree tree = new MerkleTree(StoredNodes.of(leaves(5)));

            ConsistencyProof proof = tree.consistencyProof(0, 5);

            assertThat(proof.path()).isEmpty();
            assertThat(proof.proves(Hash.ofNothing(), tree.root(5))).isTrue();
            assertThat(proof.proves(tree.root(1), tree.root(5))).isFalse();
            assertThat(new ConsistencyProof(0, 5, List.of(tree.root(5))).proves(Hash.ofNothing(), tree.root(5)))
                    .isFalse();
        }

        @Test
        void reads_all_that_a_proof_needs_at_once() {
            StoredNodes nodes = StoredNodes.of(leaves(1000));
            MerkleTree tree = new MerkleTree(nodes);

            tree.inclusionProofs(List.of(0L, 17L, 999L), 1000);
            tree.consistencyProof(511, 1000);
            tree.root(777);
            GrowingTree.continuing(999, nodes);

            assertThat(nodes.reads()).isEqualTo(4);
        }

        @Test
        void completes_two_nodes_a_leaf_and_no_more_than_its_height_at_once() {
            GrowingTree tree = GrowingTree.empty();
            List<Integer> complete =
                    leaves(1024).stream().map(leaf -> tree.append(leaf).size()).toList();

            assertThat(complete.stream().mapToInt(i -> i).sum()).isEqualTo(2 * 1024 - 1);
            assertThat(Collections.max(complete)).isEqualTo(11);
        }

        @Test
        void says_which_node_was_taken_from_it() {
            StoredNodes nodes = StoredNodes.of(leaves(8));
            nodes.remove(new NodeId(1, 2));

            assertThatIllegalStateException()
                    .isThrownBy(() -> new MerkleTree(nodes).inclusionProof(7, 8))
                    .withMessage("the tree lacks its node 2 on level 1");
            assertThatIllegalStateException()
                    .isThrownBy(() -> GrowingTree.continuing(6, nodes))
                    .withMessage("the tree lacks its node 2 on level 1");
        }

        @Test
        void has_no_proofs_of_what_is_not_in_it() {
            MerkleTree tree = new MerkleTree(StoredNodes.of(leaves(3)));

            assertThatIllegalArgumentException().isThrownBy(() -> tree.inclusionProof(3, 3));
            assertThatIllegalArgumentException().isThrownBy(() -> tree.inclusionProof(-1, 3));
            assertThatIllegalArgumentException().isThrownBy(() -> tree.inclusionProof(0, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> tree.consistencyProof(3, 2));
            assertThatIllegalArgumentException().isThrownBy(() -> tree.consistencyProof(-1, 2));
            assertThatIllegalArgumentException().isThrownBy(() -> tree.root(-1));
        }
    }

    @Test
    void never_takes_a_node_for_a_leaf() {
        Hash left = Hash.ofLeaf(new byte[] {1});
        Hash right = Hash.ofLeaf(new byte[] {2});
        byte[] both = new byte[2 * Hash.SIZE];
        System.arraycopy(left.bytes(), 0, both, 0, Hash.SIZE);
        System.arraycopy(right.bytes(), 0, both, Hash.SIZE, Hash.SIZE);

        assertThat(Hash.ofLeaf(both)).isNotEqualTo(Hash.ofNode(left, right));
    }
}
