package dev.rapport.events.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class A_pooled_processor {

    @Parameter
    Database database;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
    private final Set<String> handled = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> handledAgain = new ConcurrentLinkedQueue<>();
    private TestLog test;
    private PooledStreamingEventProcessor processor;

    @BeforeEach
    void open() {
        test = new TestLog(database);
        EventMessageHandler handler = this::handle;
        processor = PooledStreamingEventProcessor.builder()
                .name("history")
                .eventHandlerInvoker(SimpleEventHandlerInvoker.builder()
                        .eventHandlers(List.of(handler))
                        .build())
                .messageSource(test.log)
                .tokenStore(new InMemoryTokenStore())
                .transactionManager(NoTransactionManager.INSTANCE)
                .coordinatorExecutor(threads)
                .workerExecutor(threads)
                .initialSegmentCount(4)
                .batchSize(100)
                .tokenClaimInterval(200)
                .build();
    }

    private Object handle(EventMessage<?> event) {
        if (!handled.add(event.getIdentifier())) {
            handledAgain.add(event.getIdentifier());
        }
        return event;
    }

    @AfterEach
    void close() {
        processor.shutDown();
        threads.shutdown();
        test.close();
    }

    @Test
    void handles_all_events_that_were_there_and_all_that_come() {
        test.appendSome(3_000);
        processor.start();
        Await.until("the old events are handled", () -> handled.size() == 3_000);
        for (var i = 0; i < 100; i++) {
            test.appendSome(1);
        }

        Await.until("the new events are handled", () -> handled.size() == 3_100);
        assertThat(handledAgain).isEmpty();
        Await.until(
                "all segments know that",
                () -> processor.processingStatus().values().stream()
                        .allMatch(segment -> segment.getCurrentPosition().orElse(0) == 3_100));
    }

    @Test
    void goes_on_after_the_database_was_away() {
        processor.start();
        test.appendSome(10);
        Await.until("the first events are handled", () -> handled.size() == 10);

        test.line.cut();
        test.appendSome(10);
        test.line.mend();

        Await.until("the other events are handled", () -> handled.size() == 20);
        assertThat(handledAgain).isEmpty();
    }

    @Test
    void can_be_reset_to_handle_everything_again() {
        test.appendSome(500);
        processor.start();
        Await.until("the events are handled", () -> handled.size() == 500);

        processor.shutDown();
        handled.clear();
        processor.resetTokens();
        processor.start();

        Await.until("the events are handled again", () -> handled.size() == 500);
    }
}
