package dev.rapport.query.evidence;

import static dev.rapport.query.jooq.Tables.TRUST_STANDING;

import dev.rapport.events.trust.Trend;
import dev.rapport.events.trust.TrustFigures;
import dev.rapport.events.trust.TrustModel;
import dev.rapport.events.trust.TrustTally;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.PolicyVersion;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.database.BatchWriter;
import dev.rapport.query.database.Json;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.jooq.tables.records.TrustStandingRecord;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** The trust of today in each relationship, to be sorted and filtered by. */
@Component
public class TrustStandingTable {

    private final DSLContext database;
    private final BatchWriter writer;

    TrustStandingTable(@ReadDatabase DSLContext database, BatchWriter writer) {
        this.database = database;
        this.writer = writer;
    }

    /** The standings of relationships, which nobody else changes until the transaction ends; none of those that are new. */
    Map<RelationshipId, TrustStanding> loadToChange(Collection<RelationshipId> relationships) {
        if (writer.isAddingOnly()) {
            return Map.of();
        }
        return database
                .select(TRUST_STANDING.RELATIONSHIP_ID, TRUST_STANDING.STATE)
                .from(TRUST_STANDING)
                .where(TRUST_STANDING.RELATIONSHIP_ID.in(
                        relationships.stream().map(RelationshipId::value).toList()))
                .orderBy(TRUST_STANDING.RELATIONSHIP_ID)
                .forUpdate()
                .stream()
                .collect(Collectors.toMap(found -> new RelationshipId(found.value1()), found -> read(found.value2())));
    }

    /** Some of the relationships whose standing is of another day or by another policy, which nobody else changes until the transaction ends. */
    Map<RelationshipId, TrustStanding> outdated(LocalDate today, PolicyVersion policy, int most) {
        return database
                .select(TRUST_STANDING.RELATIONSHIP_ID, TRUST_STANDING.STATE)
                .from(TRUST_STANDING)
                .where(TRUST_STANDING
                        .OF_DAY
                        .lt(today)
                        .or(TRUST_STANDING.OF_DAY.gt(today))
                        .or(TRUST_STANDING.POLICY.ne(name(policy))))
                .orderBy(TRUST_STANDING.RELATIONSHIP_ID)
                .limit(most)
                .forUpdate()
                .stream()
                .collect(Collectors.toMap(found -> new RelationshipId(found.value1()), found -> read(found.value2())));
    }

    void save(Map<RelationshipId, TrustStanding> standings, TrustModel model) {
        writer.merge(standings.entrySet().stream()
                .map(standing -> row(standing.getKey(), standing.getValue(), model))
                .toList());
    }

    private static TrustStandingRecord row(RelationshipId relationship, TrustStanding standing, TrustModel model) {
        TrustTally tally = TrustTally.continuing(model, standing.tally());
        TrustFigures inThem = tally.at(Party.THEM, standing.asOf());
        TrustFigures inUs = tally.at(Party.US, standing.asOf());
        return new TrustStandingRecord(
                relationship.value(),
                standing.day(),
                name(standing.policy()),
                inThem.overall(),
                inUs.overall(),
                tally.trend(Party.THEM, standing.asOf()).name(),
                Json.write(standing),
                inThem.uncertainty(),
                inUs.uncertainty());
    }

    private static String name(PolicyVersion policy) {
        return policy.name() + " " + policy.version();
    }

    /** A standing as its row keeps it. */
    public static TrustStanding read(String state) {
        return Json.read(state, TrustStanding.class);
    }

    /** Those in which overall trust in them is below a value. */
    public static Condition below(double trust) {
        return TRUST_STANDING.IN_THEM.lt(trust);
    }

    /** Those in which trust in them goes that way. */
    public static Condition goes(Trend trend) {
        return TRUST_STANDING.TREND.eq(trend.name());
    }
}
