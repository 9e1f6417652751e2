package dev.rapport.query;

import static dev.rapport.query.Examples.interaction;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** Every event in a topic of a real broker, whoever publishes it and whatever happens meanwhile. */
@Execution(ExecutionMode.SAME_THREAD)
class Events_in_kafka {

    private static final Database DATABASE = Database.POSTGRESQL;
    private static final long SEED = 20261127;
    private static final String TOPIC = "--rapport.kafka.topic=";

    @TempDir
    private static Path folder;

    private static Broker broker;

    private final List<RunningQuerySide> nodes = new ArrayList<>();
    private String topic;
    private String url;
    private Log log;

    @BeforeAll
    static void start_a_broker() {
        broker = Broker.in(folder);
    }

    @AfterAll
    static void stop_the_broker() {
        broker.close();
    }

    @BeforeEach
    void start(TestInfo test) {
        System.out.println("seed " + SEED);
        topic = test.getTestMethod().orElseThrow().getName();
        broker.create(topic);
        url = DATABASE.freshUrl();
        log = new Log(DATABASE);
    }

    @AfterEach
    void end() {
        nodes.forEach(RunningQuerySide::close);
        log.close();
    }

    private RunningQuerySide publishing(String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "--spring.profiles.active=kafka",
                "--rapport.kafka.bootstrap-servers=" + broker.address(),
                "--rapport.kafka.lease=3s",
                "--rapport.kafka.client.max.block.ms=500",
                "--rapport.kafka.client.request.timeout.ms=1000",
                "--rapport.kafka.client.delivery.timeout.ms=2000"));
        settings.addAll(List.of(more));
        if (Stream.of(more).noneMatch(setting -> setting.startsWith(TOPIC))) {
            settings.add(TOPIC + topic);
        }
        var node = RunningQuerySide.of(log, DATABASE, url, settings.toArray(String[]::new));
        nodes.add(node);
        return node;
    }

    private void close(RunningQuerySide node) {
        nodes.remove(node);
        node.close();
    }

    private void happen(RandomHistory history, int count) {
        history.next(count).forEach(happening -> log.append(Log.SOMEBODY, happening.occurredAt(), happening.events()));
    }

    private static long position(ConsumerRecord<String, String> published) {
        return RunningQuerySide.JSON
                .readTree(published.value())
                .at("/data/position")
                .asLong();
    }

    private static Set<Long> positions(List<ConsumerRecord<String, String>> published) {
        Set<Long> positions = new HashSet<>();
        published.forEach(each -> positions.add(position(each)));
        return positions;
    }

    /** All events are there, and the first time that each comes, those of its stream before it have come. */
    private List<ConsumerRecord<String, String>> requireAllInOrder() {
        long last = log.log.lastStablePosition();
        List<ConsumerRecord<String, String>> published =
                broker.until(topic, all -> positions(all).size() >= last);
        assertThat(positions(published))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, last).boxed().toList());
        Map<String, Long> newest = new HashMap<>();
        Map<String, List<Long>> firstTimes = new HashMap<>();
        for (ConsumerRecord<String, String> each : published) {
            if (position(each) > newest.getOrDefault(each.key(), 0L)) {
                newest.put(each.key(), position(each));
                firstTimes.computeIfAbsent(each.key(), _ -> new ArrayList<>()).add(position(each));
            }
        }
        // an event that came after a later one of its stream, and for the first time, would be missing here
        assertThat(firstTimes.values().stream().mapToInt(List::size).sum()).isEqualTo((int) last);
        return published;
    }

    private JsonNode observed(RunningQuerySide node) {
        return Stream.of(node.get("operator", "/api/v1/operations/processors")
                        .ok()
                        .json()
                        .get("items"))
                .flatMap(JsonNode::valueStream)
                .filter(processor -> processor.get("name").asString().equals("kafka"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void are_cloud_events_as_a_reporter_is_told_keyed_by_their_streams() {
        log.append(
                stakeholder("S-1", "Acme"),
                relationship("R-1", "S-1", "manager1"),
                interaction("R-1", "I-1", "the unsayable", "Annabel"));
        publishing();

        List<ConsumerRecord<String, String>> published = requireAllInOrder();

        assertThat(Broker.keys(published)).containsExactlyInAnyOrder("stakeholder/S-1", "relationship/R-1");
        ConsumerRecord<String, String> established = published.stream()
                .filter(each -> position(each) == 2)
                .findFirst()
                .orElseThrow();
        assertThat(established.key()).isEqualTo("relationship/R-1");
        assertThat(new String(established.headers().lastHeader("content-type").value(), StandardCharsets.US_ASCII))
                .isEqualTo("application/cloudevents+json; charset=UTF-8");
        JsonNode event = RunningQuerySide.JSON.readTree(established.value());
        assertThat(event.get("specversion").asString()).isEqualTo("1.0");
        assertThat(event.get("source").asString()).isEqualTo("urn:rapport");
        assertThat(event.get("type").asString()).isEqualTo("dev.rapport.RelationshipEstablished");
        assertThat(event.get("subject").asString()).isEqualTo("relationship/R-1");
        assertThat(event.get("sequence").asString()).isEqualTo("0000000000000000002");
        assertThat(published)
                .noneMatch(each ->
                        each.value().contains("unsayable") || each.value().contains("Annabel"));
    }

    @Test
    void are_in_the_order_of_the_log_in_each_stream_whoever_was_stopped_in_the_middle() {
        var history = new RandomHistory(SEED, "kafka");
        happen(history, 300);
        RunningQuerySide first = publishing();
        broker.until(topic, all -> all.size() >= 20);
        close(first);
        happen(history, 300);

        RunningQuerySide second = publishing();

        List<ConsumerRecord<String, String>> published = requireAllInOrder();
        Eventually.is(() -> observed(second).get("lagEvents").asLong() == 0);
        assertThat(observed(second).get("position").asLong()).isEqualTo(log.log.lastStablePosition());
        assertThat(observed(second).has("error")).isFalse();
        // what one was stopped at is published again at most
        assertThat(published).hasSizeLessThan((int) log.log.lastStablePosition() + 256);
    }

    @Test
    void wait_for_a_broker_that_is_away_and_all_come_when_it_is_back() {
        var history = new RandomHistory(SEED, "kafka");
        happen(history, 100);
        RunningQuerySide node = publishing();
        requireAllInOrder();

        broker.kill();
        happen(history, 100);
        Eventually.is(() -> observed(node).has("error"));
        assertThat(observed(node).get("lagEvents").asLong()).isPositive();
        assertThat(node.get("head", "/api/v1/relationships").status()).isEqualTo(200);
        broker.start();

        requireAllInOrder();
        Eventually.is(() -> !observed(node).has("error"));
        assertThat(observed(node).get("lagEvents").asLong()).isZero();
    }

    @Test
    void are_published_by_one_node_at_a_time_and_by_another_when_that_one_ends() {
        var history = new RandomHistory(SEED, "kafka");
        RunningQuerySide one = publishing();
        Eventually.is(() -> observed(one).at("/segments/0/here").asBoolean());
        RunningQuerySide other = publishing();
        happen(history, 100);
        List<ConsumerRecord<String, String>> published = requireAllInOrder();
        assertThat(published).hasSize((int) log.log.lastStablePosition());
        assertThat(observed(other).at("/segments/0/here").asBoolean()).isFalse();

        close(one);
        happen(history, 100);

        published = requireAllInOrder();
        assertThat(observed(other).at("/segments/0/here").asBoolean()).isTrue();
        assertThat(published).hasSize((int) log.log.lastStablePosition());
    }

    @Test
    void are_taken_over_from_a_node_that_is_silent_and_goes_on_nowhere() throws SQLException {
        var history = new RandomHistory(SEED, "kafka");
        happen(history, 50);
        // as one leaves it behind that is killed
        RunningQuerySide one = publishing();
        requireAllInOrder();
        close(one);
        try (var connection = Rows.connect(url, DATABASE.user());
                var statement = connection.createStatement()) {
            statement.execute("update \"operations\".kafka_topic set holder = 'a dead node', position = 10,"
                    + " held_until = current_timestamp + interval '2' second");
        }

        RunningQuerySide other = publishing();
        happen(history, 50);

        List<ConsumerRecord<String, String>> published = requireAllInOrder();
        assertThat(observed(other).at("/segments/0/here").asBoolean()).isTrue();
        assertThat(published).hasSizeGreaterThan((int) log.log.lastStablePosition());
    }

    @Test
    void wait_for_a_topic_that_is_not_there_and_say_so() {
        log.append(stakeholder("S-1", "Acme"));
        String missing = topic + ".missing";
        RunningQuerySide node = publishing(TOPIC + missing);
        Eventually.is(() -> observed(node).has("error"));
        assertThat(observed(node).get("error").asString()).contains("TimeoutException", missing);
        assertThat(observed(node).get("lagEvents").asLong()).isEqualTo(1);

        broker.create(missing);

        assertThat(positions(broker.until(missing, all -> !all.isEmpty()))).containsExactly(1L);
    }

    @Test
    void cannot_be_wanted_without_naming_brokers() {
        assertThatThrownBy(() -> RunningQuerySide.of(log, DATABASE, url, "--spring.profiles.active=kafka"))
                .hasStackTraceContaining("rapport.kafka.bootstrap-servers says nothing");
    }

    @Test
    void begin_with_what_is_yet_to_come_where_that_is_wanted() {
        log.append(stakeholder("S-1", "Acme"), relationship("R-1", "S-1", "manager1"));
        RunningQuerySide node = publishing("--rapport.kafka.from=latest");
        Eventually.is(() -> observed(node).at("/segments/0/here").asBoolean());

        log.append(interaction("R-1", "I-1", "hello"));

        assertThat(positions(broker.until(topic, all -> !all.isEmpty()))).containsExactly(3L);
    }

    @Test
    void are_left_to_a_newer_node_from_the_first_one_on_that_cannot_be_read() {
        log.append(stakeholder("S-1", "Acme"), relationship("R-1", "S-1", "manager1"));
        RunningQuerySide older = publishing();
        requireAllInOrder();
        log.appendOfTomorrow(interaction("R-1", "I-1", "a celebration"));
        log.append(interaction("R-1", "I-2", "after it"));
        Eventually.is(() -> !observed(older).at("/segments/0/here").asBoolean());
        assertThat(observed(older).get("position").asLong()).isEqualTo(2);
        close(older);

        log.tomorrowHasCome();
        Log ofTheNewer = log.ofAnotherProcess();
        var newer = RunningQuerySide.of(
                ofTheNewer,
                DATABASE,
                url,
                "--spring.profiles.active=kafka",
                "--rapport.kafka.bootstrap-servers=" + broker.address(),
                TOPIC + topic);
        nodes.add(newer);

        assertThat(requireAllInOrder()).hasSize(4);
        close(newer);
        ofTheNewer.log.close();
    }
}
