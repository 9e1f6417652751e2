package dev.rapport.benchmark.axon;

import dev.rapport.benchmark.subject.Run;
import dev.rapport.benchmark.subject.Setting;
import dev.rapport.benchmark.subject.SubjectProcess;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** Stock Axon's replay into one small read model: the pooled processor, reset and started again. */
public final class StockReplay {

    private final Counts counts;
    private final StreamingEventProcessor processor;

    private StockReplay(ConfigurableApplicationContext context) {
        this.counts = context.getBean(Counts.class);
        this.processor = context.getBean(EventProcessingConfiguration.class)
                .eventProcessor(Counts.GROUP, StreamingEventProcessor.class)
                .orElseThrow();
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({StockAxon.Common.class, JdbcStore.class, Counts.class})
    static class Replaying {}

    private Run replay() {
        awaitAll();
        processor.shutDown();
        processor.resetTokens(); // has the counts cleared
        long begin = System.nanoTime();
        processor.start();
        awaitAll();
        return new Run(counts.stored(), System.nanoTime() - begin, 0, 0);
    }

    private void awaitAll() {
        long stored = counts.stored();
        while (counts.seen() < stored) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    public static void main(String... arguments) throws IOException {
        SubjectProcess process = SubjectProcess.ofThisJvm();
        try (ConfigurableApplicationContext context = StockAxon.start(Replaying.class, WebApplicationType.NONE)) {
            StockAxon axon = new StockAxon(context);
            StockReplay replaying = new StockReplay(context);
            process.serve((verb, _) -> switch (verb) {
                case "fill" -> {
                    axon.fill(Setting.past());
                    yield "filled";
                }
                case "replay" -> replaying.replay().line();
                default -> throw new IllegalArgumentException(verb);
            });
        }
        process.end();
    }
}
