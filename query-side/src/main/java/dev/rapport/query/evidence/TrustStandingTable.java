package dev.rapport.query.evidence;

import static dev.rapport.query.jooq.Tables.TRUST_STANDING;

import dev.rapport.events.trust.Trend;
import dev.rapport.events.trust.TrustModel;
import dev.rapport.events.trust.TrustTally;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.PolicyVersion;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.database.Json;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.jooq.tables.records.TrustStandingRecord;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** The trust of today in each relationship, to be sorted and filtered by. */
@Component
public class TrustStandingTable {

    private final DSLContext database;

    TrustStandingTable(@ReadDatabase DSLContext database) {
        this.database = database;
    }

    /** The standings of relationships, which nobody else changes until the transaction ends; none of those that are new. */
    Map<RelationshipId, TrustStanding> loadToChange(Collection<RelationshipId> relationships) {
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
    List<RelationshipId> outdated(LocalDate today, PolicyVersion policy, int most) {
        return database.select(TRUST_STANDING.RELATIONSHIP_ID)
                .from(TRUST_STANDING)
                .where(TRUST_STANDING
                        .OF_DAY
                        .lt(today)
                        .or(TRUST_STANDING.OF_DAY.gt(today))
                        .or(TRUST_STANDING.POLICY.ne(name(policy))))
                .orderBy(TRUST_STANDING.RELATIONSHIP_ID)
                .limit(most)
                .forUpdate()
                .fetch(found -> new RelationshipId(found.value1()));
    }

    void save(Map<RelationshipId, TrustStanding> standings, TrustModel model) {
        if (!standings.isEmpty()) {
            database.batchMerge(standings.entrySet().stream()
                            .map(standing -> row(standing.getKey(), standing.getValue(), model))
                            .toList())
                    .execute();
        }
    }

    private static TrustStandingRecord row(RelationshipId relationship, TrustStanding standing, TrustModel model) {
        TrustTally tally = TrustTally.continuing(model, standing.tally());
        return new TrustStandingRecord(
                relationship.value(),
                standing.day(),
                name(standing.policy()),
                tally.at(Party.THEM, standing.asOf()).overall(),
                tally.at(Party.US, standing.asOf()).overall(),
                tally.trend(Party.THEM, standing.asOf()).name(),
                Json.write(standing));
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
