package dev.rapport.query;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A broker of Apache Kafka, its own controller, in a process of its own: to be killed, and started again on what it left. */
final class Broker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int PARTITIONS = 4;

    private final Path folder;
    private final int port;
    private Process process;

    private Broker(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Starts one on an empty folder. */
    static Broker in(Path folder) {
        try {
            var broker = new Broker(folder, freePort());
            int controllerPort = freePort();
            Files.write(
                    broker.settings(),
                    List.of(
                            "process.roles=broker,controller",
                            "node.id=1",
                            "controller.quorum.voters=1@localhost:" + controllerPort,
                            "listeners=PLAINTEXT://localhost:" + broker.port + ",CONTROLLER://localhost:"
                                    + controllerPort,
                            "advertised.listeners=PLAINTEXT://localhost:" + broker.port,
                            "controller.listener.names=CONTROLLER",
                            "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                            "log.dirs=" + folder.resolve("log"),
                            "auto.create.topics.enable=false",
                            "offsets.topic.replication.factor=1"));
            int formatted = broker.launched(
                            "kafka.tools.StorageTool",
                            "format",
                            "-t",
                            Uuid.randomUuid().toString(),
                            "-c",
                            broker.settings().toString())
                    .waitFor();
            if (formatted != 0) {
                throw new AssertionError("a broker could not be set up; see " + broker.log());
            }
            broker.start();
            return broker;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Path settings() {
        return folder.resolve("server.properties");
    }

    private Path log() {
        return folder.resolve("broker.log");
    }

    private Process launched(String... program) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.addAll(List.of(program));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    String address() {
        return "localhost:" + port;
    }

    /** Starts it where it was, and waits until it answers. */
    void start() {
        try {
            process = launched("kafka.Kafka", settings().toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        try (Admin admin = admin()) {
            Eventually.is(() -> answers(admin));
        }
    }

    private boolean answers(Admin admin) {
        if (!process.isAlive()) {
            throw new AssertionError("the broker did not start; see " + log());
        }
        try {
            return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
        } catch (Exception notYet) {
            return false;
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", address()));
    }

    /** Makes a topic with some partitions. */
    void create(String topic) {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Ends it as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Everything in a topic, partition by partition and in the order of each, once there is something in it that is waited for. */
    List<ConsumerRecord<String, String>> until(String topic, Predicate<List<ConsumerRecord<String, String>>> awaited) {
        List<ConsumerRecord<String, String>> all = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        address(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(number -> new TopicPartition(topic, number))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!awaited.test(all)) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("it never came; so far " + all.size() + " events");
                }
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
            return all;
        }
    }

    /** The streams' keys in a topic, in no order. */
    static Stream<String> keys(List<ConsumerRecord<String, String>> published) {
        return published.stream().map(ConsumerRecord::key).distinct();
    }

    @Override
    public void close() {
        kill();
    }
}
