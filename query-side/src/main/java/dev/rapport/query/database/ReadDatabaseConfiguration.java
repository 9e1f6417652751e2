package dev.rapport.query.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.rapport.events.storage.ConnectionPool;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.tools.jdbc.JDBCUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;

/** The read database, migrated before anybody gets hold of it; its parts are nobody's default, so that they never stand in for the events' ones. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReadDatabaseProperties.class)
class ReadDatabaseConfiguration {

    /** Connections as such; whoever takes one has to say which generation it is for, so nobody but the generations does. */
    @Bean(defaultCandidate = false)
    HikariDataSource readPool(ReadDatabaseProperties properties) {
        HikariConfig config = ConnectionPool.set(
                new HikariConfig(),
                "read",
                properties.url(),
                properties.username(),
                properties.password(),
                properties.connections());
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return new HikariDataSource(config);
    }

    @Bean
    Generations generations(@Qualifier("readPool") HikariDataSource pool, ReadDatabaseProperties properties) {
        var generations = new Generations(pool, JDBCUtils.dialect(properties.url()));
        generations.prepare();
        return generations;
    }

    @Bean(defaultCandidate = false)
    @ReadDatabase
    DataSource readDataSource(Generations generations) {
        return generations.dataSource();
    }

    @Bean(defaultCandidate = false)
    @ReadDatabase
    PlatformTransactionManager readTransactions(@ReadDatabase DataSource dataSource) {
        return new DataSourceTransactionManager(dataSource);
    }

    @Bean(defaultCandidate = false)
    @ReadDatabase
    DSLContext readJooq(@ReadDatabase DataSource dataSource, ReadDatabaseProperties properties) {
        return DSL.using(new DefaultConfiguration()
                .set(new DataSourceConnectionProvider(new TransactionAwareDataSourceProxy(dataSource)))
                .set(JDBCUtils.dialect(properties.url()))
                .set(new Settings()
                        .withRenderSchema(false)
                        .withRenderQuotedNames(RenderQuotedNames.EXPLICIT_DEFAULT_UNQUOTED)
                        // fewer different statements, so that both the driver and the database know most of them
                        .withInListPadding(true)
                        .withExecuteLogging(false)));
    }
}
