package dev.rapport.query.projection;

import dev.rapport.events.storage.EventLog;
import dev.rapport.query.consistency.ConsistencyGate;
import dev.rapport.query.database.FeedingVersion;
import dev.rapport.query.database.Generations;
import dev.rapport.query.database.ReadDatabase;
import io.micrometer.tracing.Tracer;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** Sets up the feeding of the read models from the event log. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProjectionProperties.class)
class ProjectionConfiguration {

    @Bean
    ReadModelProcessor readModelProcessor(
            EventLog log,
            @ReadDatabase DataSource dataSource,
            @ReadDatabase PlatformTransactionManager transactions,
            PatientReadModels readModels,
            Generations generations,
            ConsistencyGate gate,
            Pace pace,
            FeedingVersion version,
            @ReadDatabase DSLContext database,
            ProjectionProperties properties,
            ObjectProvider<Tracer> tracer,
            @Value("${management.tracing.sampling.probability:0.1}") double share) {
        var gathering = new Gathering(properties.batchSize(), System::nanoTime);
        return new ReadModelProcessor(
                new ReadableLog(log, version),
                TokenTable.in(dataSource, version),
                transactions,
                new Projection(
                        readModels,
                        generations,
                        gate,
                        pace,
                        gathering,
                        new ProjectionTraces(tracer.getIfAvailable(() -> Tracer.NOOP), share)),
                gathering,
                segments(database, properties),
                properties.batchSize());
    }

    @Bean
    Pace pace() {
        return new Pace(System::nanoTime);
    }

    /** H2 does not let transactions that write the same stakeholder wait for each other, but fails one; and it gains little by several. */
    private static int segments(DSLContext database, ProjectionProperties properties) {
        return database.family() == SQLDialect.H2 ? 1 : properties.segments();
    }
}
