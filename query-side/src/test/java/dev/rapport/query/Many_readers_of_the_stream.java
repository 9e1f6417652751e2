package dev.rapport.query;

import static dev.rapport.query.Examples.interaction;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.Parameter;

@OnEachDatabase
@Isolated("the memory that is measured is that of all tests")
class Many_readers_of_the_stream {

    /** They catch up side by side, a few pages at a time, until what they do not take fills the buffers on the way: all at about the same time. */
    private static final Duration LONGEST_CATCHING_UP = Duration.ofMinutes(5);

    private static final long MIB = 1024 * 1024;

    /** More than all buffers between a writer and a reader who takes nothing. */
    private static final int PAST_EVENTS = 300;

    private static final String LONG_TEXT = "They said so. ".repeat(1_400);

    @Parameter
    Database database;

    @Test
    void do_not_suffer_from_each_other() throws Exception {
        attend(12, 6, 200);
    }

    @Test
    @Tag("faults")
    void do_not_suffer_from_each_other_by_the_hundred() throws Exception {
        attend(500, 50, 3_000);
    }

    private void attend(int stalled, int live, int writes) throws Exception {
        try (var log = new Log(database);
                var side = RunningQuerySide.of(
                        log,
                        database,
                        database.freshUrl(),
                        "--rapport.stream.most-per-caller=" + stalled,
                        "--rapport.stream.patience=3s")) {
            log.append(stakeholder("S-1", "Acme"), relationship("R-1", "S-1", "manager1"));
            for (int number = 0; number < PAST_EVENTS; number++) {
                log.append(interaction("R-1", "I-past-" + number, LONG_TEXT));
            }
            side.catchUp();
            long heapBefore = heap();

            List<Socket> sockets = new ArrayList<>();
            for (int number = 0; number < stalled; number++) {
                sockets.add(whoTakesNothing(
                        side.request("auditor", "/api/v1/stream").build().uri()));
            }
            List<Following> readers = new ArrayList<>();
            for (int number = 0; number < live; number++) {
                readers.add(Following.stream(side, "head", "?from=" + (number % 2 == 0 ? "latest" : PAST_EVENTS + 2)));
            }
            long heapMost = 0;
            for (int number = 0; number < writes; number++) {
                log.append(interaction("R-1", "I-" + number, "what is said now"));
                if (number % (writes / 4) == 0) {
                    heapMost = Math.max(heapMost, heap());
                }
            }
            long last = log.log.lastStablePosition();
            for (Following reader : readers) {
                reader.until(last);
                assertThat(reader.ids())
                        .containsExactlyElementsOf(LongStream.rangeClosed(PAST_EVENTS + 3, last)
                                .boxed()
                                .toList());
            }
            // the places of all who were dropped are free again
            openAll(side, stalled);
            for (Socket socket : sockets) {
                assertThat(taken(socket)).doesNotContain("id: " + (PAST_EVENTS + 2) + "\n");
                socket.close();
            }
            System.out.printf(
                    "%s: %d stalled, %d live, %d writes: heap %d MiB before, %d MiB at most%n",
                    database, stalled, live, writes, heapBefore / MIB, heapMost / MIB);
            assertThat(heapMost - heapBefore).isLessThan(60 * MIB + stalled * MIB / 4);
            readers.forEach(Following::close);
        }
    }

    /** One after the other, each as soon as there is a place for it; whoever has one keeps it, so that none is taken by the looking itself. */
    private static void openAll(RunningQuerySide side, int number) {
        List<Following> all = new ArrayList<>();
        try {
            while (all.size() < number) {
                Eventually.is(LONGEST_CATCHING_UP, () -> canOpen(side, all));
            }
        } catch (AssertionError never) {
            throw new AssertionError("only " + all.size() + " of " + number + " places are free", never);
        } finally {
            all.forEach(Following::close);
        }
    }

    private static boolean canOpen(RunningQuerySide side, List<Following> all) {
        try {
            all.add(Following.stream(side, "auditor", "?from=latest"));
            return true;
        } catch (AssertionError refused) {
            if (!refused.getMessage().endsWith(" 429")) {
                throw refused;
            }
            return false;
        }
    }

    private static Socket whoTakesNothing(URI uri) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4 * 1024);
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        String credentials = Base64.getEncoder().encodeToString("auditor:auditor".getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream()
                .write(("GET " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                                + "\r\nAuthorization: Basic " + credentials + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** What was on the way when the server hung up. */
    private static String taken(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        var taken = new StringBuilder();
        byte[] buffer = new byte[64 * 1024];
        try {
            for (int read = socket.getInputStream().read(buffer);
                    read != -1;
                    read = socket.getInputStream().read(buffer)) {
                taken.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
            }
        } catch (SocketException reset) {
            return taken.toString();
        }
        return taken.toString();
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
