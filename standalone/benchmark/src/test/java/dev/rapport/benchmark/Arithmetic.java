package dev.rapport.benchmark;

import com.zaxxer.hikari.HikariDataSource;
import dev.rapport.events.CommitmentKept;
import dev.rapport.events.CommitmentRecorded;
import dev.rapport.events.CommitmentReleased;
import dev.rapport.events.ContributionRecorded;
import dev.rapport.events.DisclosureRecorded;
import dev.rapport.events.DomainEvent;
import dev.rapport.events.InteractionLogged;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.policy.TrustPolicies;
import dev.rapport.events.seal.GrowingTree;
import dev.rapport.events.seal.Hash;
import dev.rapport.events.seal.Node;
import dev.rapport.events.seal.SealedEvent;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.EventTypes;
import dev.rapport.events.storage.MasterKey;
import dev.rapport.events.storage.MasterKeys;
import dev.rapport.events.storage.PersonalKeys;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.storage.StoredEvent;
import dev.rapport.events.trust.EntryEvidence;
import dev.rapport.events.trust.Evidence;
import dev.rapport.events.trust.EvidenceFold;
import dev.rapport.events.trust.LevelCourse;
import dev.rapport.events.trust.TrustFigures;
import dev.rapport.events.trust.TrustModel;
import dev.rapport.events.trust.TrustTally;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The arithmetic that commands, projections and the seal do for each event; JMH measures it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Arithmetic {

    private static final int EVENTS = 100;
    private static final int YEARS = 5;
    private static final Instant BEGINNING = Instant.parse("2021-05-03T09:00:00Z");
    private static final Instant TODAY = BEGINNING.plus(Duration.ofDays(365L * YEARS));
    private static final RelationshipId RELATIONSHIP = new RelationshipId("R-1");
    private static final LevelCourse LEVELS = LevelCourse.beginning();

    private final TrustModel model =
            new TrustPolicies("prudent", null).named("prudent").orElseThrow();
    private List<EntryEvidence> entries = List.of();
    private List<Evidence> evidence = List.of();
    private List<Instant> weeks = List.of();
    private TrustTally tally = TrustTally.beginning(model, BEGINNING);
    private SealedEvent event = sealed();
    private GrowingTree tree = GrowingTree.empty();
    private Hash leaf = Hash.ofLeaf(event.encode());

    private HikariDataSource dataSource = new HikariDataSource();
    private EventLog log;
    private List<StoredEvent> ofToday = List.of();
    private List<StoredEvent> ofOld = List.of();

    @Setup(Level.Trial)
    public void prepare() {
        EvidenceFold fold = new EvidenceFold(ZoneOffset.UTC, List.of());
        for (int number = 0; number < EVENTS; number++) {
            fold.evolve(happened(number), BEGINNING.plus(Duration.ofDays(18L * number)), number + 1);
        }
        entries = List.copyOf(fold.entries());
        evidence = fold.evidence().toList();
        List<Instant> times = new ArrayList<>();
        for (Instant week = BEGINNING; week.isBefore(TODAY); week = week.plus(Duration.ofDays(7))) {
            times.add(week);
        }
        weeks = List.copyOf(times);
        tally = TrustTally.of(model, TODAY.minus(Duration.ofDays(90)), entries, LEVELS);
        dataSource.setJdbcUrl("jdbc:h2:mem:arithmetic");
        dataSource.setUsername("sa");
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/events/h2")
                .load()
                .migrate();
        log = new EventLog(
                dataSource,
                Duration.ofHours(1),
                PersonalKeys.in(
                        dataSource, MasterKeys.only(MasterKey.of(PackagedRapport.MASTER_KEY, "the benchmark"))));
        String today = EventTypes.of(DomainEvent.class).revisionOf(CommitmentReleased.class);
        ofToday = List.of(stored(
                today, "{\"relationshipId\":\"R-1\",\"commitmentId\":\"E-1\",\"cause\":\"RELATIONSHIP_ENDED\"}"));
        ofOld = List.of(stored(
                "1",
                "{\"relationshipId\":\"R-1\",\"commitmentId\":\"E-1\",\"reason\":\"the relationship"
                        + " ended\",\"byEnding\":true}"));
    }

    @TearDown(Level.Trial)
    public void close() {
        log.close();
        dataSource.close();
    }

    private static RelationshipEvent happened(int number) {
        EntryId id = new EntryId("E-" + number);
        return switch (number % 5) {
            case 0 -> new InteractionLogged(RELATIONSHIP, id, Channel.CALL, "we talked", List.of(), number % 2);
            case 1 -> new CommitmentRecorded(RELATIONSHIP, id, Party.THEM, "to deliver", LocalDate.of(2090, 1, 1));
            case 2 -> new CommitmentKept(RELATIONSHIP, new EntryId("E-" + (number - 1)), false, null);
            case 3 -> new DisclosureRecorded(RELATIONSHIP, id, Party.US, DisclosureKind.STATUS, "where we are");
            default -> new ContributionRecorded(RELATIONSHIP, id, Party.THEM, "a better way", null);
        };
    }

    private static SealedEvent sealed() {
        return new SealedEvent(
                4711,
                "0198c5a2-0000-7000-8000-000000000000",
                "Relationship",
                "relationship/R-1",
                17,
                "InteractionLogged",
                "2",
                BEGINNING,
                new byte[400],
                new byte[300]);
    }

    private static StoredEvent stored(String revision, String payload) {
        return new StoredEvent(
                1,
                "0198c5a2-0000-7000-8000-000000000000",
                "Relationship",
                "relationship/R-1",
                17,
                "CommitmentReleased",
                revision,
                BEGINNING,
                payload.getBytes(StandardCharsets.UTF_8),
                ("{\"subject\":\"head\",\"role\":\"HEAD_OF_RELATIONSHIPS\",\"occurredAt\":\"" + BEGINNING + "\"}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** Trust in them today, from the sums that a projection keeps. */
    @Benchmark
    public TrustFigures trustOfToday() {
        return tally.at(Party.THEM, TODAY);
    }

    /** What a projection does with one more piece of evidence. */
    @Benchmark
    public TrustTally oneMorePiece() {
        EntryEvidence same = entries.getFirst();
        tally.replace(same, same);
        return tally;
    }

    /** The weekly curve over five years, from 100 events. */
    @Benchmark
    public List<TrustFigures> weeklyCurve() {
        return model.course(evidence, LEVELS, Party.THEM, weeks);
    }

    /** The leaf of one event. */
    @Benchmark
    public Hash hashOfAnEvent() {
        return Hash.ofLeaf(event.encode());
    }

    /** One more leaf in the tree. */
    @Benchmark
    public List<Node> oneMoreLeaf() {
        return tree.append(leaf);
    }

    /** What a stored event of the current revision says. */
    @Benchmark
    public List<RecordedEvent> decodingToday() {
        return log.recorded(ofToday);
    }

    /** What a stored event of the oldest revision says, after all steps up to today. */
    @Benchmark
    public List<RecordedEvent> decodingTheOldest() {
        return log.recorded(ofOld);
    }
}
