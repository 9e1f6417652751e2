package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.Rapport;
import dev.rapport.command.Caller;
import dev.rapport.command.Caller.Role;
import dev.rapport.command.Circumstances;
import dev.rapport.command.DomainCommand;
import dev.rapport.command.dispatch.Answer.Accepted;
import dev.rapport.command.dispatch.CommandDispatcher;
import dev.rapport.command.relationship.RelationshipCommand.EstablishRelationship;
import dev.rapport.command.relationship.RelationshipCommand.LogInteraction;
import dev.rapport.command.stakeholder.StakeholderCommand.RegisterStakeholder;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.events.vocabulary.StakeholderKind;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * How many commands a second are decided with and without the sealer beside them, in one process, without HTTP: rounds of a few seconds
 * take turns, so that whatever else the machine does meets both. What is left unsealed after a round without is sealed before the next one.
 */
@Tag("benchmark")
class What_the_seal_costs {

    private static final int ROUNDS = Integer.getInteger("rounds", 8);
    private static final Duration ROUND = Duration.ofMillis(Long.getLong("round-millis", 3_000));
    private static final int WRITERS = 8;

    @TempDir
    private Path data;

    @Test
    void a_command_on_postgresql() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            String read = postgres.getJdbcUrl("postgres", "template1").replace("template1", "read");
            try (var connection = postgres.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database events");
                statement.execute("create database read");
            }
            measure(
                    "PostgreSQL, fsync=on",
                    "--rapport.events.url=" + postgres.getJdbcUrl("postgres", "events"),
                    "--rapport.events.username=postgres",
                    "--rapport.read.url=" + read,
                    "--rapport.read.username=postgres");
        }
    }

    @Test
    void a_command_on_h2() throws Exception {
        measure("H2");
    }

    private void measure(String what, String... settings) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--rapport.data-dir=" + data,
                "--rapport.sample-data=false",
                "--rapport.demo.password=" + RunningRapport.PASSWORD,
                "--logging.level.root=warn"));
        arguments.addAll(List.of(settings));
        try (ConfigurableApplicationContext rapport = Rapport.application().run(arguments.toArray(String[]::new));
                ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            SmartLifecycle sealer = rapport.getBean("sealer", SmartLifecycle.class);
            // the projection would hide what the seal adds; the thread that reads the log for it is there either way
            var reader = rapport.getBean(EventLog.class).openStream(new GlobalSequenceTrackingToken(0));
            rapport.getBeansOfType(SmartLifecycle.class).entrySet().stream()
                    .filter(bean -> bean.getKey().equals("readModelProcessor"))
                    .forEach(bean -> bean.getValue().stop());
            Commands commands = new Commands(rapport.getBean(CommandDispatcher.class), writers);
            commands.perSecond(ROUND.multipliedBy(2)); // warm
            List<Double> with = new ArrayList<>();
            List<Double> without = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                boolean first = round % 2 == 0;
                for (boolean sealed : new boolean[] {first, !first}) {
                    if (sealed) {
                        with.add(commands.perSecond(ROUND));
                    } else {
                        sealer.stop();
                        without.add(commands.perSecond(ROUND));
                        sealer.start();
                        commands.perSecond(Duration.ofMillis(500)); // the sealer catches up
                    }
                }
            }
            reader.close();
            double cost = 1 - median(with) / median(without);
            System.out.printf(
                    Locale.ROOT,
                    "%s: %.0f commands/s sealed, %.0f not sealed (medians of %d rounds): the seal costs %.1f %%%n "
                            + " sealed %s%n  not sealed %s%n",
                    what,
                    median(with),
                    median(without),
                    ROUNDS,
                    100 * cost,
                    with.stream().map(Math::round).toList(),
                    without.stream().map(Math::round).toList());
            assertThat(median(with)).isPositive();
        }
    }

    private static double median(List<Double> rates) {
        List<Double> sorted = rates.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    /** Writers with a relationship each, to which they log interactions as fast as they are taken. */
    private static final class Commands {

        private static final Caller HEAD = new Caller("head", Role.HEAD_OF_RELATIONSHIPS);

        private final CommandDispatcher dispatcher;
        private final ExecutorService writers;

        Commands(CommandDispatcher dispatcher, ExecutorService writers) {
            this.dispatcher = dispatcher;
            this.writers = writers;
        }

        double perSecond(Duration duration) throws Exception {
            long deadline = System.nanoTime() + duration.toNanos();
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                running.add(writers.submit((Callable<Integer>) () -> write(deadline)));
            }
            int commands = 0;
            for (Future<Integer> writer : running) {
                commands += writer.get();
            }
            return commands * 1e9 / duration.toNanos();
        }

        private int write(long deadline) {
            String id = UUID.randomUUID().toString();
            send(new RegisterStakeholder(new StakeholderId(id), "Acme", StakeholderKind.SUPPLIER, "IT", null));
            send(new EstablishRelationship(
                    new RelationshipId(id), new StakeholderId(id), new ManagerId("manager1"), null, null));
            int commands = 0;
            while (System.nanoTime() < deadline) {
                send(new LogInteraction(
                        new RelationshipId(id),
                        new EntryId("I-" + commands),
                        Channel.CALL,
                        "we talked about it",
                        List.of("Ann"),
                        1));
                commands++;
            }
            return commands;
        }

        private void send(DomainCommand command) {
            Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
            var given = dispatcher.dispatch(command, new Circumstances(HEAD, now, now, null, false), null);
            assertThat(given.answer()).isInstanceOf(Accepted.class);
        }
    }
}
