package dev.rapport.query.kafka;

import dev.rapport.events.StreamName;
import dev.rapport.query.stream.CloudEvent;
import dev.rapport.query.stream.FedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A topic to publish events to: as CloudEvents in structured mode, keyed by their streams, so that those of a stream are in one partition.
 *
 * <p>One request at a time is under way to a broker, and the first failure closes the producer before the next one: so an event never
 * overtakes one of its stream that is to be sent again.
 */
final class Topic implements AutoCloseable {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /** A command has at most 1 MiB, and what is told of it says some of it twice. */
    private static final int LARGEST_REQUEST = 4 * 1024 * 1024;

    private static final Map<String, Object> USUAL = Map.of(
            ProducerConfig.CLIENT_ID_CONFIG, "rapport",
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST,
            ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 15_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);

    private static final Map<String, Object> ALWAYS = Map.of(
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            1,
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
            false);

    private static final Set<String> NEVER =
            Set.of(ProducerConfig.PARTITIONER_CLASS_CONFIG, ProducerConfig.TRANSACTIONAL_ID_CONFIG);

    private final String name;
    private final String source;
    private final JsonMapper json;
    private final KafkaProducer<String, byte[]> producer;

    Topic(KafkaProperties properties, String source, JsonMapper json) {
        this.name = properties.topic();
        this.source = source;
        this.json = json;
        Map<String, Object> settings = new HashMap<>(USUAL);
        settings.putAll(properties.client());
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, properties.bootstrapServers());
        settings.putAll(ALWAYS);
        settings.keySet().removeAll(NEVER);
        try {
            this.producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        } catch (KafkaException unusable) {
            throw new NotPublished(0, Objects.requireNonNullElse(unusable.getCause(), unusable));
        }
    }

    /**
     * Publishes events in their order, and waits until Kafka has acknowledged all of them.
     *
     * @param meanwhile is run again and again while that takes; what it throws is thrown, and nothing is sent any more
     * @throws NotPublished when Kafka does not take one; then this is of no more use
     */
    void publish(List<FedEvent> events, Runnable meanwhile) throws InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        @Nullable RuntimeException notSent = null;
        for (FedEvent event : events) {
            try {
                sent.add(producer.send(message(event), (_, failure) -> closeAfter(failure)));
            } catch (KafkaException | IllegalStateException failure) {
                // its own, or that the failure of one before it has closed the producer, which is found below
                notSent = failure;
                break;
            }
        }
        for (int number = 0; number < sent.size(); number++) {
            try {
                await(sent.get(number), meanwhile);
            } catch (ExecutionException failure) {
                throw new NotPublished(number, Objects.requireNonNullElse(failure.getCause(), failure));
            }
        }
        if (notSent != null) {
            throw new NotPublished(sent.size(), notSent);
        }
    }

    private ProducerRecord<String, byte[]> message(FedEvent event) {
        StreamName stream = event.told().recorded().stream();
        var message =
                new ProducerRecord<>(name, stream.value(), json.writeValueAsBytes(CloudEvent.of(event.told(), source)));
        message.headers().add("content-type", CloudEvent.MEDIA_TYPE.getBytes(StandardCharsets.US_ASCII));
        return message;
    }

    /** By the thread that would send what comes next. */
    private void closeAfter(@Nullable Exception failure) {
        if (failure != null) {
            close();
        }
    }

    private static void await(Future<?> sent, Runnable meanwhile) throws ExecutionException, InterruptedException {
        boolean over = false;
        while (!over) {
            try {
                sent.get(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
                over = true;
            } catch (TimeoutException notYet) {
                meanwhile.run();
            }
        }
    }

    /** Without waiting for anything. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
