package dev.rapport.command.deadlines;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.rapport.command.dispatch.Receipts;
import dev.rapport.command.eventstore.GroupCommit;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.common.caching.Cache;
import org.axonframework.config.ConfigurationScopeAwareProvider;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.dbscheduler.DbSchedulerBinaryDeadlineDetails;
import org.axonframework.deadline.dbscheduler.DbSchedulerDeadlineManager;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

@Configuration(proxyBeanMethods = false)
class DeadlineConfiguration {

    private static final Duration LOOK_FOR_DEADLINES = Duration.ofSeconds(1);
    private static final int THREADS = 4;

    /** Another node may have been faster, which the next try knows. */
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    @Bean
    Scheduler scheduler(
            @Qualifier("eventsDataSource") DataSource dataSource,
            ObjectProvider<DbSchedulerDeadlineManager> deadlines,
            Receipts receipts,
            Cache aggregates) {
        Task<DbSchedulerBinaryDeadlineDetails> axons = DbSchedulerDeadlineManager.binaryTask(deadlines::getObject);
        Task<DbSchedulerBinaryDeadlineDetails> deadline = Tasks.oneTime(
                        axons.getName(), DbSchedulerBinaryDeadlineDetails.class)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(TRY_AGAIN))
                .execute((instance, context) -> {
                    // what this node remembers may be behind, and a deadline that means nothing to it would be lost
                    aggregates.remove(NamedDeadlineManager.streamOf(instance.getId()));
                    axons.execute(instance, context);
                });
        return Scheduler.create(new TransactionAwareDataSourceProxy(dataSource), deadline)
                .startTasks(Tasks.recurring("forget-old-receipts", FixedDelay.ofHours(1))
                        .execute((_, _) -> receipts.forgetOld()))
                .threads(THREADS)
                .pollingInterval(LOOK_FOR_DEADLINES)
                .build();
    }

    @Bean
    DeadlineManager deadlineManager(
            Scheduler scheduler,
            org.axonframework.config.Configuration axon,
            Serializer serializer,
            GroupCommit commits,
            JdbcClient eventsSql,
            List<CorrelationDataProvider> provenance) {
        NamedDeadlineManager deadlines = new NamedDeadlineManager(
                scheduler,
                new ConfigurationScopeAwareProvider(axon),
                serializer,
                commits,
                new DeadlineTable(scheduler, eventsSql));
        deadlines.registerHandlerInterceptor(new CorrelationDataInterceptor<>(provenance));
        return deadlines;
    }

    /** Looks for deadlines only once everything that they may lead to is there, and no longer than it is. */
    @Bean
    SmartLifecycle deadlinesWhileRunning(Scheduler scheduler) {
        return new SmartLifecycle() {

            private volatile boolean running;

            @Override
            public void start() {
                scheduler.start();
                running = true;
            }

            @Override
            public void stop() {
                scheduler.stop();
                running = false;
            }

            @Override
            public boolean isRunning() {
                return running;
            }
        };
    }
}
