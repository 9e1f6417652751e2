package dev.rapport.journey;

import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.journey.Client.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes of this version and of a newer one, side by side on one PostgreSQL, while commands are given to all of them. */
@Timeout(600)
class A_rolling_upgradeIT {

    private static final String OLDER = "THIS NODE IS OLDER THAN WHAT WAS RECORDED";
    private static final long SEGMENTS = 4;

    @TempDir
    private Path folder;

    private NewerRapport tomorrow;
    private SidesOnPostgres sides;
    private RapportProcess olderCommands;
    private RapportProcess olderQueries;
    private RapportProcess newerCommands;
    private RapportProcess newerQueries;

    /** In the order of the handbook: the query side first. */
    @BeforeEach
    void begin() throws Exception {
        tomorrow = NewerRapport.in(folder.resolve("newer"));
        sides = SidesOnPostgres.in(folder);
        olderCommands = sides.commands();
        olderQueries = sides.queries();
        newerQueries = sides.queries(tomorrow);
        sides.awaitShared(olderQueries, newerQueries);
        newerCommands = sides.commands(tomorrow);
    }

    @AfterEach
    void end() {
        sides.close();
    }

    @Test
    void loses_nothing_and_leaves_to_newer_nodes_what_older_ones_cannot_read() throws Exception {
        String promised = new Network(olderCommands.as("head")).relationship("promised", "manager1");
        promise(promised, "C-1");
        promise(promised, "C-2");
        NumberedCalls calls =
                new NumberedCalls("meanwhile", List.of(olderCommands.as("head"), newerCommands.as("head"))).begin(2);
        calls.awaitMore(50);

        Answer kept = keep(newerCommands, promised, "C-1");
        calls.awaitMore(50);

        assertThat(kept.status()).isEqualTo(201);
        assertThat(sides.number(
                        "select count(*) from event_log where event_type = 'CommitmentKept' and revision = '3'"))
                .isEqualTo(1);
        // whichever of them fed the read models so far, the newer one does now
        await("the newer node to feed all", () -> sides.segmentsOf(newerQueries) == SEGMENTS);
        requireTold(kept, newerQueries, olderQueries);
        requireDecidedByNewerOnesOnly(promised);
        for (RapportProcess older : List.of(olderCommands, olderQueries)) {
            assertThat(older.log().lines().filter(line -> line.contains(OLDER))).hasSize(1);
            assertThat(older.readiness().status()).isEqualTo(200);
            assertThat(older.readiness().text("status")).isEqualTo("OUTDATED");
        }
        requireAuditedAsFarAsCanBe(promised);

        newerQueries.kill();
        Answer afterwards = keep(newerCommands, promised, "C-2");
        calls.awaitMore(50);
        calls.end();
        // and for some looks more: an older node would have taken them
        await(
                "the claims of the killed node to run out",
                () -> sides.numberRead("select count(*) from "
                                + sides.liveGeneration()
                                + ".projection_token where cast(stored_at as timestamptz) > now() - interval"
                                + " '13 seconds'")
                        == 0);
        await(
                "the older node to seal all the same",
                () -> sides.number("select max(e.position) - (select last_position from seal_head) from event_log e")
                        == 0);
        assertThat(sides.segmentsOf(olderQueries)).isZero();
        assertThat(olderQueries.as("head").query(promised).status()).isEqualTo(200);

        newerQueries = sides.queries(tomorrow);
        requireTold(afterwards, newerQueries, olderQueries);
        olderCommands.kill();
        olderQueries.kill();
        // an older version starts on what a newer one has made of the tables
        olderCommands = sides.commands();
        olderQueries = sides.queries();
        await("the older node to see what it is", () -> olderQueries.log().contains(OLDER));
        requireTold(afterwards, newerQueries, olderQueries);
        requireDecidedByNewerOnesOnly(promised);
        assertThat(sides.segmentsOf(newerQueries)).isEqualTo(SEGMENTS);
        calls.requireTakenOrToBeRepeated();
        calls.requireEachOnce(olderCommands.as("head"), olderQueries.as("head"));
        assertThat(newerQueries
                        .as("operator")
                        .query("/operations/dead-letters")
                        .body()
                        .path("items"))
                .isEmpty();
        sides.requireRowsOfAFreshGeneration(newerQueries);
        assertThat(newerQueries.log()).doesNotContain(OLDER);
        assertThat(newerCommands.log()).doesNotContain(OLDER);
    }

    private void promise(String relationship, String id) {
        assertThat(olderCommands
                        .as("head")
                        .command(
                                relationship + "/commitments",
                                fields("id", id, "madeBy", "THEM", "statement", "soon", "dueOn", "2999-01-01"))
                        .status())
                .isEqualTo(201);
    }

    private static Answer keep(RapportProcess node, String relationship, String commitment) {
        return node.as("head").command(relationship + "/commitments/" + commitment + "/fulfilments", fields());
    }

    private static void requireTold(Answer write, RapportProcess... nodes) {
        for (RapportProcess node : nodes) {
            Client head = node.as("head");
            head.awaitSeen(write);
            Answer told = head.query("/relationships/promised/history");
            assertThat(told.status()).isEqualTo(200);
            assertThat(told.body().path("items").path(0).path("type").asString())
                    .isEqualTo("CommitmentKept");
        }
    }

    private void requireDecidedByNewerOnesOnly(String promised) {
        Map<String, Object> call = fields("channel", "CALL", "summary", "well done");
        Map<String, String> key = Map.of("Idempotency-Key", "\"" + UUID.randomUUID() + "\"");

        Answer refused = olderCommands.as("head").command(promised + "/interactions", call, key);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("type")).isEqualTo("/problems/node-outdated");
        assertThat(refused.header("Retry-After")).isPresent();
        assertThat(newerCommands
                        .as("head")
                        .command(promised + "/interactions", call, key)
                        .status())
                .isEqualTo(201);
        assertThat(olderCommands.as("head").query(promised + "/readiness").status())
                .isEqualTo(503);
    }

    private void requireAuditedAsFarAsCanBe(String promised) {
        Client auditor = olderQueries.as("auditor");
        assertThat(auditor.query("/audit" + promised + "/events").status()).isEqualTo(200);
        Answer state = auditor.query("/audit" + promised + "/state");
        assertThat(state.status()).isEqualTo(503);
        assertThat(state.text("type")).isEqualTo("/problems/node-outdated");
        assertThat(newerQueries
                        .as("auditor")
                        .query("/audit" + promised + "/state")
                        .status())
                .isEqualTo(200);
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        Instant giveUpAt = Instant.now().plus(Duration.ofMinutes(1));
        while (!condition.call()) {
            assertThat(Instant.now()).as("the time for " + what).isBefore(giveUpAt);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
