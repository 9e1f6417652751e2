package dev.rapport.query.seal;

import static dev.rapport.query.Examples.stakeholder;

import dev.rapport.events.StakeholderEvent;
import dev.rapport.events.seal.Checkpoint;
import dev.rapport.events.seal.SignedNote;
import dev.rapport.events.seal.SignerKey;
import dev.rapport.query.Database;
import dev.rapport.query.Log;
import dev.rapport.query.seal.Sealing.Outcome;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A log of its own with a seal, and full rights on both. */
final class TestSeal implements AutoCloseable {

    static final String ORIGIN = "example.com/log";

    final Log log;
    final DataSource dataSource;
    final SealTable table;
    final SignerKey key;

    TestSeal(Database database) {
        this(new Log(database), SignerKey.generate(ORIGIN));
    }

    private TestSeal(Log log, SignerKey key) {
        this.log = log;
        this.key = key;
        dataSource = log.dataSource;
        table = tableOn(dataSource);
    }

    /** One of its own with all that is in this one, which has to be closed. */
    TestSeal copy(Database database) {
        return new TestSeal(log.copy(database), key);
    }

    static SealTable tableOn(DataSource dataSource) {
        try {
            return new SealTable(dataSource);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A node that seals with the log's key, having begun the seal if nobody has. */
    Sealing sealing() {
        return sealing(table, key);
    }

    Sealing sealing(SealTable on, SignerKey with) {
        new SealOpening(on, properties(with, null, null), Clock.systemUTC()).open();
        return new Sealing(log.log, on, with, Clock.systemUTC());
    }

    static SealProperties properties(
            @Nullable SignerKey key, @Nullable SignerKey retiring, @Nullable Path fileOfNewKey) {
        return new SealProperties(
                true,
                4,
                Duration.ofMillis(500),
                null,
                null,
                key == null ? null : key.secret(),
                fileOfNewKey,
                fileOfNewKey != null,
                retiring == null ? null : retiring.secret(),
                null,
                null,
                null);
    }

    /** Appends events, each in a transaction of its own or all in one. */
    void append(int events) {
        log.append(IntStream.range(0, events)
                .mapToObj(_ -> (StakeholderEvent) stakeholder("S-" + UUID.randomUUID(), "Acme"))
                .toArray(StakeholderEvent[]::new));
    }

    /** Appends, and seals all that there is. */
    void sealed(Sealing sealing, int events) {
        append(events);
        sealAll(sealing);
    }

    static void sealAll(Sealing sealing) {
        Outcome outcome = sealing.sealNext();
        while (outcome instanceof Outcome.Sealed) {
            outcome = sealing.sealNext();
        }
    }

    LogVerifier verifier(@Nullable CheckpointFile file) {
        return new LogVerifier(log.log, table, file, null);
    }

    /** What a verification of everything finds. */
    Optional<LogMismatch> verify(@Nullable SignedNote brought) {
        return Verified.by(verifier(null), brought);
    }

    Optional<LogMismatch> verify() {
        return verify(null);
    }

    SignedNote newest() {
        return table.newestCheckpoint().orElseThrow().signed();
    }

    long sealedEvents() {
        return Checkpoint.of(newest()).size();
    }

    /** With all the rights that there are. */
    int sql(String statement, Object... parameters) {
        var prepared = JdbcClient.create(dataSource).sql(statement);
        for (Object parameter : parameters) {
            prepared = prepared.param(parameter);
        }
        return prepared.update();
    }

    @Override
    public void close() {
        log.close();
    }

    /** The whole way that a verification goes. */
    static final class Verified {

        static Optional<LogMismatch> by(LogVerifier verifier, @Nullable SignedNote brought) {
            try {
                return verifier.verify(verifier.scope(), brought, LogComparison.Progress.UNWATCHED);
            } catch (ContradictedSeal contradicted) {
                return Optional.of(LogMismatch.somewhere(
                        LogMismatch.Kind.SEAL_CHANGED, String.valueOf(contradicted.getMessage())));
            }
        }

        private Verified() {}
    }
}
