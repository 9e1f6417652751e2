package dev.rapport.query.projection;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The processor that keeps the read models up to date, several segments side by side. Its tokens are rows of the read database, in the
 * same transaction as what they account for. An event that cannot be handled becomes a dead letter; a batch that fails for another reason is
 * tried again and again, ever more slowly, and nothing after it in its segment passes it by.
 */
public final class ReadModelProcessor implements SmartLifecycle {

    public static final String NAME = "read-models";

    private static final Duration CLAIM_EXTENSION = Duration.ofSeconds(3);
    private static final Duration CLAIM_INTERVAL = Duration.ofSeconds(1);

    /** Others look for free segments at the interval above. */
    private static final Duration LET_GO = Duration.ofSeconds(5);

    private final ScheduledExecutorService coordinator;
    private final ScheduledExecutorService workers;
    private final PooledStreamingEventProcessor processor;
    private volatile boolean started;

    ReadModelProcessor(
            StreamableMessageSource<TrackedEventMessage<?>> log,
            TokenStore tokens,
            PlatformTransactionManager transactions,
            Projection projection,
            Gathering gathering,
            int segments,
            int batchSize) {
        TransactionManager transactionManager = new SpringTransactionManager(transactions);
        coordinator = new Coordinator();
        workers = Executors.newScheduledThreadPool(
                segments, Thread.ofPlatform().name(NAME + "-", 0).factory());
        processor = PooledStreamingEventProcessor.builder()
                .name(NAME)
                .eventHandlerInvoker(projection)
                .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
                .messageSource(new GatheredLog(log, gathering, coordinator))
                .tokenStore(tokens)
                .transactionManager(transactionManager)
                .coordinatorExecutor(coordinator)
                .workerExecutor(workers)
                .initialSegmentCount(segments)
                .initialToken(StreamableMessageSource::createTailToken)
                .batchSize(batchSize)
                .tokenClaimInterval(CLAIM_INTERVAL.toMillis())
                .claimExtensionThreshold(CLAIM_EXTENSION.toMillis())
                .enableCoordinatorClaimExtension()
                .build();
    }

    /** How far each of the segments that this node works on has come. */
    Map<Integer, EventTrackerStatus> status() {
        return processor.processingStatus();
    }

    /** Lets go of one of the segments that this node works on, for long enough that another node takes it. */
    void letGoOfOne() {
        status().keySet().stream()
                .max(Integer::compare)
                .ifPresent(segment -> processor.releaseSegment(segment, LET_GO.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Lets go of all segments, each where it has come to, and takes none any more. */
    void leaveToOthers() {
        if (processor.isRunning()) {
            processor.shutDown();
        }
    }

    @Override
    public void start() {
        processor.start();
        started = true;
    }

    @Override
    public void stop() {
        processor.shutDown();
        coordinator.shutdown();
        workers.shutdown();
        started = false;
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    /** Axon's processor waits ever longer after failures, up to a minute: too long for a database that has just come back. */
    private static final class Coordinator extends ScheduledThreadPoolExecutor {

        private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

        Coordinator() {
            super(1, Thread.ofPlatform().name(NAME + "-coordinator").factory());
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long pause, TimeUnit unit) {
            return super.schedule(task, Math.min(unit.toNanos(pause), LONGEST_PAUSE.toNanos()), TimeUnit.NANOSECONDS);
        }
    }
}
