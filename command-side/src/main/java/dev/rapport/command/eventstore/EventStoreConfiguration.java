package dev.rapport.command.eventstore;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rapport.command.DomainCommand;
import dev.rapport.command.dispatch.CircumstancesResolver;
import dev.rapport.command.dispatch.EventProvenance;
import dev.rapport.events.problem.SettingName;
import dev.rapport.events.problem.StartRefused;
import dev.rapport.events.storage.ClockSkew;
import dev.rapport.events.storage.ConnectionPool;
import dev.rapport.events.storage.EventDatabase;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.EventLogEngine;
import dev.rapport.events.storage.MasterKey;
import dev.rapport.events.storage.MasterKeys;
import dev.rapport.events.storage.NewerVersion;
import dev.rapport.events.storage.PersonalKeys;
import dev.rapport.events.storage.TokenSerializer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandBusSpanFactory;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.lock.LockFactory;
import org.axonframework.common.lock.PessimisticLockFactory;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The event store on Axon's JDBC engine. Everything that Axon would configure by what it finds is declared here: its conditions are
 * judged before Boot has a data source, and what it falls back to then, without saying so, is no transaction at all.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({EventDatabase.class, EventTables.class})
class EventStoreConfiguration {

    /** Strongly held, since an aggregate that has to be loaded again costs most of a command. */
    private static final int AGGREGATES_IN_MEMORY = 10_000;

    /** How long a transaction waits for its turn, where they take turns. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** While the commit of one waits for the disk, the other is written. */
    private static final int GROUPS_AT_ONCE = 2;

    @Bean(destroyMethod = "close")
    EventPool eventsDataSource(EventDatabase database, EventTables tables) {
        EventPool pool = database.pool("events", new EventPool());
        if (database.isPostgres()) {
            pool.setConnectionInitSql(
                    "set transaction_timeout = " + tables.longestTransaction().toMillis());
        }
        try {
            bringUpToToday(database, tables, pool);
        } catch (RuntimeException failed) {
            pool.close();
            throw failed;
        }
        return pool;
    }

    private static void bringUpToToday(EventDatabase database, EventTables tables, DataSource pool) {
        FluentConfiguration scripts = Flyway.configure()
                .dataSource(pool)
                .locations(EventTables.scripts(database).toArray(String[]::new))
                .placeholders(Map.of("binary", database.isPostgres() ? "bytea" : "blob"))
                // the log's scripts are numbered from 1 and ours from 100: each goes on by itself
                .outOfOrder(true)
                // a newer version may have run scripts that this one does not have, below 100 as well as above
                .ignoreMigrationPatterns("*:future", "*:missing");
        EventTables.Owner owner = tables.owner();
        if (!tables.migrate()) {
            int missing = scripts.load().info().pending().length;
            if (missing > 0) {
                throw new StartRefused(
                        "the event database lacks " + missing + " scripts of this version, and this process does not"
                                + " run them (rapport.events.migrate=false)",
                        "start one that does: " + new SettingName("rapport.events.migrate") + " is true there");
            }
        } else if (owner == null) {
            scripts.load().migrate();
        } else {
            scripts.dataSource(ConnectionPool.unpooled("owner", database.url(), owner.username(), owner.password()))
                    .load()
                    .migrate();
        }
    }

    @Bean
    @Primary
    PlatformTransactionManager eventsTransactions(
            EventDatabase database, @Qualifier("eventsDataSource") DataSource dataSource) {
        return database.isPostgres()
                ? new JdbcTransactionManager(dataSource)
                : new QueueingTransactionManager(dataSource, PATIENCE);
    }

    @Bean
    TransactionTemplate eventsTransaction(@Qualifier("eventsTransactions") PlatformTransactionManager transactions) {
        return new TransactionTemplate(transactions);
    }

    @Bean
    JdbcClient eventsSql(@Qualifier("eventsDataSource") DataSource dataSource) {
        return JdbcClient.create(dataSource);
    }

    @Bean
    @Primary
    TransactionManager transactionManager(@Qualifier("eventsTransactions") PlatformTransactionManager transactions) {
        return new SpringTransactionManager(transactions);
    }

    /** Of the running transaction, whichever unit of work that is for: a group's has those of many. */
    @Bean
    ConnectionProvider connectionProvider(@Qualifier("eventsDataSource") DataSource dataSource) {
        return new SpringDataSourceConnectionProvider(dataSource);
    }

    @Bean(destroyMethod = "close")
    EventLog eventLog(EventDatabase database, @Qualifier("eventsDataSource") DataSource dataSource, PersonalKeys keys) {
        return database.log(dataSource, keys);
    }

    /** Told as "version". */
    @Bean
    NewerVersion versionHealthIndicator(EventLog log) {
        return log.newerVersion();
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ClockSkew clockSkew(EventDatabase database, EventLog log, Clock clock) {
        return database.clockSkew(log, clock);
    }

    @Bean
    PersonalKeys personalKeys(
            @Qualifier("eventsDataSource") DataSource dataSource,
            @Value("${rapport.master-key:}") String key,
            @Value("${rapport.master-key-file:}") String file,
            @Value("${rapport.master-key-made:false}") boolean made,
            @Value("${rapport.former-master-key:}") String formerKey,
            @Value("${rapport.former-master-key-file:}") String formerFile) {
        if (made && key.isBlank() && !file.isBlank()) {
            MasterKey.ofFileOrNew(Path.of(file), () -> PersonalKeys.areIn(dataSource));
        }
        return PersonalKeys.in(dataSource, MasterKeys.named(key, file, formerKey, formerFile));
    }

    @Bean
    GroupCommit groupCommit(
            EventDatabase database,
            TransactionTemplate eventsTransaction,
            EventLog log,
            LockFactory aggregateLocks,
            Cache aggregateCache) {
        // on H2 transactions follow each other anyway
        int lanes = database.isPostgres() ? GROUPS_AT_ONCE : 1;
        return new GroupCommit(eventsTransaction, log::wake, aggregateLocks, aggregateCache, lanes);
    }

    @Bean
    EventStorageEngine eventStorageEngine(
            EventLog log,
            ConnectionProvider connections,
            TransactionManager transactionManager,
            GroupCommit commits,
            Clock clock) {
        return new GroupedAppends(EventLogEngine.appendingTo(log, connections, transactionManager, clock), commits);
    }

    /** As Axon would configure it, but that commands commit in groups. */
    @Bean
    CommandBus commandBus(GroupCommit commits, org.axonframework.config.Configuration axon) {
        CommandBus bus = SimpleCommandBus.builder()
                .transactionManager(commits)
                .spanFactory(axon.getComponent(CommandBusSpanFactory.class))
                .messageMonitor(axon.messageMonitor(CommandBus.class, "commandBus"))
                .build();
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(axon.correlationDataProviders()));
        return bus;
    }

    @Bean
    LockFactory aggregateLocks(EventPool pool) {
        return new StreamLocks(PessimisticLockFactory.usingDefaults(), pool);
    }

    /** For what Axon itself keeps: tokens and deadlines. Events have a serializer of their own, inside the log. */
    @Bean
    @Primary
    Serializer serializer() {
        return new TokenSerializer();
    }

    @Bean
    Cache aggregateCache() {
        return new AggregateCache(
                Caffeine.newBuilder().maximumSize(AGGREGATES_IN_MEMORY).build());
    }

    @Bean
    CommandTargetResolver streamTargetResolver() {
        return command -> new VersionedAggregateIdentifier(
                (Object) ((DomainCommand) command.getPayload()).stream().value(), null);
    }

    @Bean
    CorrelationDataProvider eventProvenance() {
        return new EventProvenance();
    }

    @Bean
    ParameterResolverFactory circumstancesResolver() {
        return new CircumstancesResolver();
    }
}
