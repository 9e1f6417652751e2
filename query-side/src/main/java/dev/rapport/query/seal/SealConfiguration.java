package dev.rapport.query.seal;

import com.zaxxer.hikari.HikariDataSource;
import dev.rapport.events.seal.SignerKey;
import dev.rapport.events.storage.EventDatabase;
import dev.rapport.events.storage.EventLog;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets up the sealing of the log, on connections of its own, so that neither commands nor the seal wait for the other's. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEventDatabase
@EnableConfigurationProperties({SealProperties.class, EventDatabase.class})
class SealConfiguration {

    private static final Logger logger = LoggerFactory.getLogger(SealConfiguration.class);

    /** After which PostgreSQL gives up a transaction of a node that hangs, so that another one can seal. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(1);

    /**
     * The connections of the seal.
     *
     * @param log which has to be there, and with it the tables
     */
    @Bean(defaultCandidate = false)
    HikariDataSource sealDataSource(EventDatabase database, SealProperties properties, EventLog log) {
        SealProperties.Role role = properties.role();
        HikariDataSource pool = database.pool(
                "seal",
                role == null ? database.username() : role.username(),
                role == null ? database.password() : role.password(),
                properties.connections());
        pool.setMinimumIdle(1);
        if (database.isPostgres()) {
            pool.setConnectionInitSql("set transaction_timeout = " + LONGEST_TRANSACTION.toMillis());
        }
        return pool;
    }

    @Bean
    SealTable sealTable(@Qualifier("sealDataSource") DataSource dataSource) throws SQLException {
        return new SealTable(dataSource);
    }

    @Bean
    SealStanding sealStanding() {
        return new SealStanding();
    }

    @Bean
    SealMetrics sealMetrics(EventLog log, SealTable table, SealStanding standing, Clock clock) {
        return new SealMetrics(log, table, standing, clock);
    }

    @Bean("sealHealthIndicator") // told as "seal"
    SealHealth sealHealth(SealStanding standing) {
        return new SealHealth(standing);
    }

    /** The key in charge, where this node seals; without one where it is needed, nothing starts. */
    @Bean
    SealingKey sealingKey(SealTable table, SealProperties properties, SealStanding standing, Clock clock) {
        if (!properties.active()) {
            return new SealingKey(Optional.empty());
        }
        try {
            return new SealingKey(Optional.of(new SealOpening(table, properties, clock).open()));
        } catch (ContradictedSeal contradicted) {
            String why = String.valueOf(contradicted.getMessage());
            logger.error("THE SEAL OF THE EVENT LOG IS BROKEN, and is not gone on with: {}", why);
            standing.trouble("the seal", why);
            return new SealingKey(Optional.empty());
        }
    }

    /** The key that this node signs with, if it does. */
    record SealingKey(Optional<SignerKey> key) {}

    @Bean
    LogVerifier logVerifier(EventLog log, SealTable table, SealProperties properties, SealingKey sealing) {
        return new LogVerifier(
                log,
                table,
                file(properties).orElse(null),
                sealing.key().map(SignerKey::verifierKey).orElse(null));
    }

    @Bean
    Sealer sealer(
            EventLog log,
            SealTable table,
            SealingKey sealing,
            SealProperties properties,
            LogVerifier verifier,
            SealStanding standing,
            Clock clock) {
        Sealing hand = sealing.key()
                .filter(_ -> new SealAtStart(verifier, standing).allowsSealing())
                .map(key -> new Sealing(log, table, key, clock))
                .orElse(null);
        return new Sealer(log, hand, table, properties.interval(), couriers(properties, standing), standing);
    }

    @Bean
    SealedLog sealedLog(EventLog log, SealTable table, Sealer sealer) {
        return new SealedLog(log, table, sealer);
    }

    @Bean(destroyMethod = "close")
    Verifications verifications(LogVerifier verifier, SealStanding standing, Clock clock) {
        return new Verifications(verifier, standing, clock);
    }

    private static List<CheckpointCourier> couriers(SealProperties properties, SealStanding standing) {
        List<CheckpointDestination> destinations = new ArrayList<>();
        file(properties).ifPresent(destinations::add);
        URI webhook = properties.webhook();
        if (webhook != null && !webhook.toString().isEmpty()) {
            destinations.add(new WebhookEndpoint(webhook));
        }
        return destinations.stream()
                .map(destination -> new CheckpointCourier(destination, standing))
                .toList();
    }

    private static Optional<CheckpointFile> file(SealProperties properties) {
        Path file = properties.checkpointFile();
        return file == null || file.toString().isEmpty() ? Optional.empty() : Optional.of(new CheckpointFile(file));
    }
}
