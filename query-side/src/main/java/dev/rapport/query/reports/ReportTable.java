package dev.rapport.query.reports;

import static dev.rapport.query.jooq.Tables.COMMITMENT;
import static dev.rapport.query.jooq.Tables.RELATIONSHIP;
import static dev.rapport.query.jooq.Tables.STAKEHOLDER;
import static dev.rapport.query.jooq.Tables.TRUST_STANDING;
import static org.jooq.impl.DSL.avg;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.when;

import dev.rapport.events.trust.LevelCourse;
import dev.rapport.events.trust.Trend;
import dev.rapport.events.trust.TrustModel;
import dev.rapport.events.trust.TrustStep;
import dev.rapport.events.trust.TrustSweep;
import dev.rapport.events.trust.TrustSweep.Point;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.entry.EntryContent.Commitment;
import dev.rapport.query.evidence.Activity;
import dev.rapport.query.evidence.EvidenceTable;
import dev.rapport.query.evidence.TrustCourseTable;
import dev.rapport.query.evidence.TrustStandingTable;
import dev.rapport.query.relationship.Relationship;
import dev.rapport.query.relationship.RelationshipTable;
import dev.rapport.query.stakeholder.StakeholderTable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.GroupField;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What the read database knows of relationships put together. */
@Component
class ReportTable {

    private static final String EVERYTHING = "";

    private final DSLContext database;
    private final EvidenceTable evidence;
    private final TrustCourseTable courses;
    private final TransactionTemplate atOneMoment;

    ReportTable(
            @ReadDatabase DSLContext database,
            EvidenceTable evidence,
            TrustCourseTable courses,
            @ReadDatabase PlatformTransactionManager transactions) {
        this.database = database;
        this.evidence = evidence;
        this.courses = courses;
        this.atOneMoment = new TransactionTemplate(transactions);
        atOneMoment.setReadOnly(true);
        atOneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    List<PortfolioController.Row> portfolio(@Nullable Grouping grouping, Among among, Relationship.Status status) {
        Field<String> key = key(grouping);
        Field<Integer> all = count();
        Field<Integer> transactional = countOf(RelationshipTable.atLevel(Level.TRANSACTIONAL));
        Field<Integer> addedValue = countOf(RelationshipTable.atLevel(Level.ADDED_VALUE));
        Field<Integer> jointValue = countOf(RelationshipTable.atLevel(Level.JOINT_VALUE));
        Field<BigDecimal> trustInThem = avg(TRUST_STANDING.IN_THEM);
        Field<BigDecimal> uncertaintyInThem = avg(TRUST_STANDING.UNCERTAINTY_IN_THEM);
        Field<BigDecimal> trustInUs = avg(TRUST_STANDING.IN_US);
        Field<BigDecimal> uncertaintyInUs = avg(TRUST_STANDING.UNCERTAINTY_IN_US);
        Field<Integer> rising = countOf(TrustStandingTable.goes(Trend.RISING));
        Field<Integer> falling = countOf(TrustStandingTable.goes(Trend.FALLING));
        Field<Integer> steady = countOf(TrustStandingTable.goes(Trend.STEADY));
        Field<Integer> unknown = countOf(TrustStandingTable.goes(Trend.UNKNOWN));
        return database.select(key, all, transactional, addedValue, jointValue)
                .select(trustInThem, uncertaintyInThem, trustInUs, uncertaintyInUs)
                .select(rising, falling, steady, unknown)
                .from(RELATIONSHIP)
                .join(STAKEHOLDER)
                .on(STAKEHOLDER.ID.eq(RELATIONSHIP.STAKEHOLDER_ID))
                .join(TRUST_STANDING)
                .on(TRUST_STANDING.RELATIONSHIP_ID.eq(RELATIONSHIP.ID))
                .where(matching(among))
                .and(RELATIONSHIP.STATUS.eq(status.name()))
                .groupBy(groups(grouping))
                .having(count().gt(inline(0)))
                .fetch(row -> new PortfolioController.Row(
                        grouping == null ? null : row.get(key),
                        row.get(all),
                        row.get(transactional),
                        row.get(addedValue),
                        row.get(jointValue),
                        row.get(trustInThem).doubleValue(),
                        row.get(uncertaintyInThem).doubleValue(),
                        row.get(trustInUs).doubleValue(),
                        row.get(uncertaintyInUs).doubleValue(),
                        row.get(rising),
                        row.get(falling),
                        row.get(steady),
                        row.get(unknown)));
    }

    List<CommitmentsController.Row> commitments(
            @Nullable Grouping grouping, Among among, @Nullable LocalDate dueFrom, @Nullable LocalDate dueBefore) {
        Field<String> key = key(grouping);
        Field<Integer> onTime = countOf(state(Commitment.State.KEPT).and(COMMITMENT.LATE.isFalse()));
        Field<Integer> late = countOf(state(Commitment.State.KEPT).and(COMMITMENT.LATE.isTrue()));
        Field<Integer> broken = countOf(state(Commitment.State.BROKEN));
        Field<Integer> released = countOf(state(Commitment.State.RELEASED));
        Field<Integer> open = countOf(state(Commitment.State.OPEN));
        Field<Integer> overdue = countOf(COMMITMENT.OVERDUE.isTrue());
        return database.select(key, COMMITMENT.MADE_BY, onTime, late, broken, released, open, overdue)
                .from(COMMITMENT)
                .join(RELATIONSHIP)
                .on(RELATIONSHIP.ID.eq(COMMITMENT.RELATIONSHIP_ID))
                .join(STAKEHOLDER)
                .on(STAKEHOLDER.ID.eq(RELATIONSHIP.STAKEHOLDER_ID))
                .where(matching(among))
                .and(dueFrom == null ? noCondition() : COMMITMENT.DUE_ON.ge(dueFrom))
                .and(dueBefore == null ? noCondition() : COMMITMENT.DUE_ON.lt(dueBefore))
                .groupBy(groups(grouping, COMMITMENT.MADE_BY))
                .fetch(row -> CommitmentsController.Row.of(
                        grouping == null ? null : row.get(key),
                        Party.valueOf(row.get(COMMITMENT.MADE_BY)),
                        row.get(onTime),
                        row.get(late),
                        row.get(broken),
                        row.get(released),
                        row.get(open),
                        row.get(overdue)));
    }

    private static Condition state(Commitment.State state) {
        return COMMITMENT.STATE.eq(state.name());
    }

    /** The trust in each of the relationships at each of the times, put together, as of one moment of the read database. */
    List<TrustTrendsController.Row> trustTrends(
            @Nullable Grouping grouping, Among among, List<Instant> times, TrustModel model) {
        return Objects.requireNonNull(atOneMoment.execute(_ -> {
            Condition matching = matching(among);
            Map<RelationshipId, LevelCourse> levels = evidence.levels(matching);
            Map<RelationshipId, Activity> activity = evidence.activity(matching);
            Map<RelationshipId, String> groups = groupsOf(grouping, matching);
            var sweep = new TrustSweep(model, times);
            var trends = new TrustTrends();
            Set<RelationshipId> withoutEvidence = new LinkedHashSet<>(groups.keySet());
            BiConsumer<RelationshipId, List<TrustStep>> add = (relationship, steps) -> {
                withoutEvidence.remove(relationship);
                Activity active = activity.getOrDefault(relationship, Activity.NEVER);
                for (Point point : sweep.over(steps, levels.getOrDefault(relationship, LevelCourse.beginning()))) {
                    if (active.at(point.at())) {
                        trends.add(key(grouping, groups.get(relationship), point), point);
                    }
                }
            };
            courses.forEach(matching, add);
            List.copyOf(withoutEvidence).forEach(relationship -> add.accept(relationship, List.of()));
            return trends.rows();
        }));
    }

    private static @Nullable String key(@Nullable Grouping grouping, @Nullable String group, Point point) {
        return switch (grouping) {
            case null -> null;
            case MANAGER, GROUP, KIND -> group;
            case LEVEL -> point.level().name();
        };
    }

    /** The group that each relationship belongs to; with levels, that of each time is known from its course only. */
    private Map<RelationshipId, String> groupsOf(@Nullable Grouping grouping, Condition matching) {
        Field<String> key = key(grouping);
        return database.select(RELATIONSHIP.ID, key)
                .from(RELATIONSHIP)
                .join(STAKEHOLDER)
                .on(STAKEHOLDER.ID.eq(RELATIONSHIP.STAKEHOLDER_ID))
                .where(matching)
                .fetchMap(row -> new RelationshipId(row.get(RELATIONSHIP.ID)), row -> row.get(key));
    }

    private static Field<Integer> countOf(Condition condition) {
        return count(when(condition, inline(1)));
    }

    private static Field<String> key(@Nullable Grouping grouping) {
        return switch (grouping) {
            case null -> inline(EVERYTHING);
            case MANAGER -> RELATIONSHIP.MANAGER_ID;
            case GROUP -> STAKEHOLDER.GROUP_KEY;
            case KIND -> STAKEHOLDER.KIND;
            case LEVEL -> RelationshipTable.nameOfLevel();
        };
    }

    private static List<GroupField> groups(@Nullable Grouping grouping, GroupField... others) {
        return Stream.concat(grouping == null ? Stream.empty() : Stream.of(key(grouping)), Stream.of(others))
                .toList();
    }

    private static Condition matching(Among among) {
        Condition condition = noCondition();
        if (among.managerId() != null) {
            condition = condition.and(RelationshipTable.managedBy(among.managerId()));
        }
        if (among.group() != null) {
            condition = condition.and(StakeholderTable.inGroup(among.group()));
        }
        if (among.kind() != null) {
            condition = condition.and(STAKEHOLDER.KIND.eq(among.kind().name()));
        }
        return condition;
    }
}
