package dev.rapport.query.seal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.rapport.events.seal.Checkpoint;
import dev.rapport.events.seal.Hash;
import dev.rapport.events.seal.SignedNote;
import dev.rapport.events.seal.SignerKey;
import dev.rapport.query.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Checkpoints_kept_elsewhere {

    private static final SignerKey KEY = SignerKey.generate("example.com/log");

    @TempDir
    private Path folder;

    private static SignedNote checkpoint(int size) {
        return new Checkpoint("example.com/log", size, Hash.ofLeaf(new byte[] {(byte) size})).sign(KEY);
    }

    private static List<String> read(CheckpointFile file) {
        List<String> notes = new ArrayList<>();
        file.read(note -> notes.add(note.toString()));
        return notes;
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void in_a_file_are_read_as_they_were_written() throws Exception {
        CheckpointFile file = new CheckpointFile(folder.resolve("checkpoints"));
        assertThat(read(file)).isEmpty();

        file.deliver(checkpoint(1));
        file.deliver(checkpoint(2));

        assertThat(read(file))
                .containsExactly(checkpoint(1).toString(), checkpoint(2).toString());
    }

    @Test
    void in_a_file_are_read_beside_what_a_crash_cut_off() throws Exception {
        Path path = folder.resolve("checkpoints");
        CheckpointFile file = new CheckpointFile(path);
        String note = checkpoint(2).toString();
        for (int cut = 1; cut < note.length(); cut++) {
            Files.deleteIfExists(path);
            file.deliver(checkpoint(1));
            Files.writeString(path, note.substring(0, cut), StandardOpenOption.APPEND);
            file.deliver(checkpoint(3));

            List<String> whole = cut < note.length() - 1
                    ? List.of(checkpoint(1).toString(), checkpoint(3).toString())
                    : List.of(checkpoint(1).toString(), note, checkpoint(3).toString());
            assertThat(read(file)).as("cut off at " + cut).isEqualTo(whole);
        }
    }

    @Test
    void in_a_long_file_are_the_newest_when_only_those_are_asked_for() throws Exception {
        CheckpointFile file = new CheckpointFile(folder.resolve("checkpoints"));
        for (int size = 1; size <= 1_000; size++) {
            file.deliver(checkpoint(size));
        }
        List<Long> sizes = new ArrayList<>();
        file.readNewest(note -> sizes.add(Checkpoint.of(note).size()));

        assertThat(sizes).hasSizeBetween(100, 900).isSorted().endsWith(999L, 1_000L);
    }

    @Test
    void get_to_a_webhook_that_is_away_for_a_while_and_the_newest_is_what_it_gets() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        AtomicInteger failuresLeft = new AtomicInteger(2);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/checkpoints", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean fails = failuresLeft.getAndDecrement() > 0;
            if (!fails) {
                received.add(exchange.getRequestMethod() + " " + body);
            }
            exchange.sendResponseHeaders(fails ? 503 : 204, -1);
            exchange.close();
        });
        server.start();
        SealStanding standing = new SealStanding();
        var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/checkpoints?secret=1");
        try (CheckpointCourier courier = new CheckpointCourier(new WebhookEndpoint(address), standing)) {
            courier.start();
            courier.take(checkpoint(1));
            until(() -> !standing.troubles().isEmpty());
            courier.take(checkpoint(2));
            courier.take(checkpoint(3));

            until(() -> !received.isEmpty());
            until(() -> standing.troubles().isEmpty());
        } finally {
            server.stop(0);
        }
        assertThat(received).containsExactly("POST " + checkpoint(3));
    }

    @Test
    void are_not_waited_for_by_whoever_seals() throws Exception {
        SealStanding standing = new SealStanding();
        CheckpointDestination dead = new CheckpointDestination() {
            @Override
            public String name() {
                return "nowhere";
            }

            @Override
            public void deliver(SignedNote checkpoint) throws IOException {
                throw new IOException("gone");
            }
        };
        try (var test = new TestSeal(Database.H2)) {
            Sealing sealing = test.sealing();
            var sealer = new Sealer(
                    test.log.log,
                    sealing,
                    test.table,
                    Duration.ofMillis(20),
                    List.of(new CheckpointCourier(dead, standing)),
                    standing);
            sealer.start();
            try {
                for (int i = 1; i <= 20; i++) {
                    test.append(i);
                }
                until(() -> test.table.head().treeSize() == 210);
                assertThat(standing.troubles()).containsOnlyKeys("nowhere");
            } finally {
                sealer.stop();
            }
            assertThat(test.verify()).isEmpty();
        }
    }
}
