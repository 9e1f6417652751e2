package dev.rapport.query.kafka;

import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.UnknownEventException;
import dev.rapport.query.history.Chronicle.Knowledge;
import dev.rapport.query.kafka.KafkaTopicTable.NotHeld;
import dev.rapport.query.kafka.KafkaTopicTable.Standing;
import dev.rapport.query.projection.ObservedProcessor;
import dev.rapport.query.projection.Pace;
import dev.rapport.query.stream.EventFeed;
import dev.rapport.query.stream.EventFilter;
import dev.rapport.query.stream.FedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Publishes every event to the topic, in the order of the log, while this node holds the topic. How far that has come is noted down after Kafka
 * has acknowledged it; so after a crash between the two some events are published again, and none is missed.
 *
 * <p>Whatever fails is tried again, ever more slowly, from what is noted down: there are no dead letters, since what comes after an event
 * in its partition must not come before it. What only a newer version can read is left to nodes of that version.
 */
final class Publisher implements SmartLifecycle, ObservedProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private static final String NAME = "kafka";
    private static final int RENEWALS_PER_LEASE = 3;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final EventLog log;
    private final EventFeed feed;
    private final KafkaTopicTable table;
    private final KafkaProperties properties;
    private final Supplier<Topic> topics;
    private final String node = UUID.randomUUID().toString();
    private final Pace pace = new Pace(System::nanoTime);
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean running;
    private @Nullable Thread thread;
    private long renewAt;

    /** @param topics makes what to publish to, anew after each failure */
    Publisher(EventLog log, EventFeed feed, KafkaTopicTable table, KafkaProperties properties, Supplier<Topic> topics) {
        this.log = log;
        this.feed = feed;
        this.table = table;
        this.properties = properties;
        this.topics = topics;
    }

    private String topic() {
        return properties.topic();
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name(NAME).start(this::work);
    }

    /** Not by an interrupt: that would close the file under H2. */
    @Override
    public void stop() {
        running = false;
        wakeUps.release();
        Thread working = thread;
        if (working != null) {
            try {
                working.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void work() {
        Duration pause = BETWEEN_LOOKS;
        try {
            while (running) {
                try {
                    if (publishIfFree()) {
                        pause = BETWEEN_LOOKS;
                    }
                } catch (NotHeld lost) {
                    if (running) {
                        LOG.warn("Another node has taken topic {}; some events are published twice.", topic());
                    }
                } catch (UnknownEventException newer) {
                    LOG.info("Topic {} is left to nodes of a newer version: {}", topic(), newer.getMessage());
                    return;
                } catch (NotPublished failure) {
                    pause = longer(pause);
                    LOG.error(
                            "Events cannot be published to topic {}; next try in {} ms. Nothing is skipped: what comes"
                                    + " later waits.",
                            topic(),
                            pause.toMillis(),
                            failure);
                } catch (RuntimeException away) {
                    pause = longer(pause);
                    LOG.warn(
                            "Events for topic {} cannot be read; next try in {} ms: {}",
                            topic(),
                            pause.toMillis(),
                            away.toString());
                }
                wakeUps.drainPermits(); // of events that came before the pause
                if (running) {
                    await(pause);
                }
            }
        } catch (InterruptedException interrupted) {
            LOG.error(
                    "The thread that publishes events was interrupted; this node publishes none any more.",
                    interrupted);
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    /** False while another node has the topic; true when this one had it, and is to stop. */
    private boolean publishIfFree() throws InterruptedException {
        if (table.standing(topic()).isEmpty()) {
            table.begin(
                    topic(),
                    switch (properties.from()) {
                        case FIRST -> 0;
                        case LATEST -> log.lastStablePosition();
                    });
        }
        Optional<Long> position = table.take(topic(), node, properties.lease());
        if (position.isEmpty()) {
            return false;
        }
        try (Topic topic = topics.get();
                var _ = feed.follow(this::wake)) {
            publish(topic, position.get());
            return true;
        } catch (NotPublished failure) {
            table.failed(topic(), node, String.valueOf(failure.getMessage()));
            throw failure;
        } finally {
            table.letGo(topic(), node);
        }
    }

    private void publish(Topic topic, long after) throws InterruptedException {
        long position = after;
        renew();
        while (running) {
            EventFeed.Page page = feed.read(position, EventFilter.ALL, Knowledge.OF_THEN);
            if (page.through() == position) {
                await(properties.lease().dividedBy(RENEWALS_PER_LEASE));
            } else {
                publish(topic, page.events());
                position = page.through();
                table.advance(topic(), node, position);
                pace.did(page.events().size());
            }
            renewWhenDue();
        }
    }

    private void publish(Topic topic, List<FedEvent> events) throws InterruptedException {
        try {
            topic.publish(events, this::whileItTakes);
        } catch (NotPublished failure) {
            if (failure.acknowledged() > 0) {
                table.advance(
                        topic(),
                        node,
                        events.get(failure.acknowledged() - 1).told().position());
            }
            throw failure;
        }
    }

    private void whileItTakes() {
        if (!running) {
            throw new NotHeld();
        }
        renewWhenDue();
    }

    private void renewWhenDue() {
        if (System.nanoTime() - renewAt >= 0) {
            renew();
        }
    }

    private void renew() {
        table.renew(topic(), node, properties.lease());
        renewAt = System.nanoTime()
                + properties.lease().dividedBy(RENEWALS_PER_LEASE).toNanos();
    }

    private void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    private void await(Duration pause) throws InterruptedException {
        if (wakeUps.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            wakeUps.drainPermits();
        }
    }

    @Override
    public State observe() {
        Standing standing = table.standing(topic()).orElse(new Standing(0, null, null));
        String error = standing.error() != null
                ? standing.error()
                : log.newerVersion().what().orElse(null);
        return new State(
                NAME,
                standing.position(),
                pace.eventsPerSecond(),
                List.of(new Segment(0, standing.position(), node.equals(standing.holder()), error)),
                error);
    }
}
