package dev.rapport.query.relationship;

import static dev.rapport.query.jooq.Tables.ENTRY;
import static dev.rapport.query.jooq.Tables.RELATIONSHIP;
import static dev.rapport.query.jooq.Tables.STAKEHOLDER;
import static dev.rapport.query.jooq.Tables.TRUST_STANDING;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.when;

import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderKind;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.database.BatchWriter;
import dev.rapport.query.database.Json;
import dev.rapport.query.database.Keyset;
import dev.rapport.query.database.Keyset.Part;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.database.SearchText;
import dev.rapport.query.entry.Alignment;
import dev.rapport.query.entry.EntryContent;
import dev.rapport.query.entry.EntryTable;
import dev.rapport.query.evidence.TrustStandingTable;
import dev.rapport.query.http.Ids;
import dev.rapport.query.http.Listed;
import dev.rapport.query.http.PageRequest;
import dev.rapport.query.http.QueryRefused;
import dev.rapport.query.jooq.tables.records.RelationshipRecord;
import dev.rapport.query.practice.Practice;
import dev.rapport.query.practice.PracticeTable;
import dev.rapport.query.practice.PracticeWindow;
import dev.rapport.query.relationship.RelationshipController.Filter;
import dev.rapport.query.relationship.RelationshipController.Order;
import dev.rapport.query.stakeholder.StakeholderTable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.SelectJoinStep;
import org.jooq.SelectOnConditionStep;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The relationships, as the read database keeps them. */
@Component
public class RelationshipTable {

    private static final Field<String> LATEST_ALIGNMENT = field(select(ENTRY.STATE)
                    .from(ENTRY)
                    .where(ENTRY.RELATIONSHIP_ID.eq(RELATIONSHIP.ID))
                    .and(ENTRY.KIND.eq(EntryKind.ALIGNMENT_ASSESSMENT.name()))
                    .and(ENTRY.RETRACTED.isFalse())
                    .orderBy(ENTRY.OCCURRED_AT.desc(), ENTRY.POSITION.desc())
                    .limit(inline(1)))
            .as("latest_alignment");

    private static final List<Field<?>> TOLD = List.of(
            RELATIONSHIP.STATE, RELATIONSHIP.PRACTICE, STAKEHOLDER.STATE, TRUST_STANDING.STATE, LATEST_ALIGNMENT);

    private static final Instant NEVER = Instant.parse("1000-01-01T00:00:00Z");
    private static final LocalDate NOT_DUE = LocalDate.of(9999, 12, 31);

    private static final Part<String> ID = Part.id(RELATIONSHIP.ID);
    private static final Keyset<Long, String> BY_ESTABLISHMENT =
            Keyset.ascending(Part.number(RELATIONSHIP.ESTABLISHED_POSITION), ID);
    private static final Keyset<byte[], String> BY_NAME = Keyset.ascending(Part.bytes(STAKEHOLDER.NAME_KEY), ID);
    private static final Keyset<Instant, String> BY_LAST_INTERACTION =
            Keyset.ascending(Part.instant(RELATIONSHIP.LAST_INTERACTION_AT), ID);
    private static final Keyset<Short, String> BY_LEVEL = Keyset.ascending(Part.rank(RELATIONSHIP.LEVEL_RANK), ID);
    private static final Keyset<LocalDate, String> BY_NEXT_DUE =
            Keyset.ascending(Part.day(RELATIONSHIP.NEXT_DUE_ON), ID);

    private static final Keyset<Double, String> BY_TRUST =
            Keyset.ascending(Part.fraction(TRUST_STANDING.IN_THEM), Part.id(TRUST_STANDING.RELATIONSHIP_ID));

    private static final List<Field<?>> SORTED_BY = List.of(
            RELATIONSHIP.ID,
            RELATIONSHIP.ESTABLISHED_POSITION,
            RELATIONSHIP.LEVEL_RANK,
            RELATIONSHIP.LAST_INTERACTION_AT,
            RELATIONSHIP.NEXT_DUE_ON,
            STAKEHOLDER.NAME_KEY,
            TRUST_STANDING.IN_THEM,
            TRUST_STANDING.RELATIONSHIP_ID);

    private final DSLContext database;
    private final BatchWriter writer;

    RelationshipTable(@ReadDatabase DSLContext database, BatchWriter writer) {
        this.database = database;
        this.writer = writer;
    }

    /** What a viewer may see: the one place that decides it, for relationships and for all that belongs to them. */
    public static Condition visibleTo(Viewer viewer) {
        return viewer.seesEveryRelationship() ? noCondition() : managedBy(viewer.subject());
    }

    public static Condition managedBy(String manager) {
        return RELATIONSHIP.MANAGER_ID.eq(SearchText.storable(manager));
    }

    /** Those that we run at a level. */
    public static Condition atLevel(Level level) {
        return RELATIONSHIP.LEVEL_RANK.eq(inline(rank(level)));
    }

    /** The declared level by its name. */
    public static Field<String> nameOfLevel() {
        return when(atLevel(Level.TRANSACTIONAL), inline(Level.TRANSACTIONAL.name()))
                .when(atLevel(Level.ADDED_VALUE), inline(Level.ADDED_VALUE.name()))
                .otherwise(inline(Level.JOINT_VALUE.name()));
    }

    public Map<RelationshipId, Relationship> load(Collection<RelationshipId> ids) {
        if (writer.isAddingOnly()) {
            return Map.of();
        }
        return database
                .select(RELATIONSHIP.STATE)
                .from(RELATIONSHIP)
                .where(RELATIONSHIP.ID.in(
                        ids.stream().map(RelationshipId::value).toList()))
                .fetch(row -> Json.read(row.value1(), Relationship.class))
                .stream()
                .collect(Collectors.toMap(Relationship::id, Function.identity()));
    }

    /** The version that a relationship's stream is shown at; 0 when it is not known. */
    public long versionOf(String id) {
        return database.select(RELATIONSHIP.VERSION)
                .from(RELATIONSHIP)
                .where(RELATIONSHIP.ID.eq(id))
                .fetchOptional(RELATIONSHIP.VERSION)
                .orElse(0L);
    }

    public void save(Collection<Relationship> relationships) {
        writer.merge(relationships.stream().map(RelationshipTable::row).toList());
    }

    /** Adds relationships that are new, with how those of them are practised that it is known of. */
    public void add(Collection<Relationship> relationships, Map<RelationshipId, Practice> practices) {
        writer.insert(relationships.stream()
                .map(relationship -> {
                    RelationshipRecord row = row(relationship);
                    Practice practice = practices.get(relationship.id());
                    if (practice != null) {
                        PracticeTable.set(row, practice);
                    }
                    return row;
                })
                .toList());
    }

    private static RelationshipRecord row(Relationship relationship) {
        var row = new RelationshipRecord();
        row.setId(relationship.id().value());
        row.setVersion(relationship.version());
        row.setPosition(relationship.position());
        row.setEstablishedPosition(relationship.establishedPosition());
        row.setStakeholderId(relationship.stakeholderId().value());
        row.setManagerId(SearchText.storable(relationship.managerId().value()));
        row.setStatus(relationship.status().name());
        row.setLevelRank(rank(relationship.levels().declared()));
        row.setPartiesDisagree(relationship.levels().partiesDisagree());
        Instant lastInteraction = relationship.lastInteractionAt();
        row.setLastInteractionAt(lastInteraction == null ? NEVER : lastInteraction.truncatedTo(ChronoUnit.MICROS));
        Relationship.NextDue due = relationship.nextDue();
        row.setNextDueOn(due == null ? NOT_DUE : due.dueOn());
        String purpose = relationship.purpose();
        row.setSearchText(SearchText.of(relationship.id() + "\n" + (purpose == null ? "" : purpose)));
        row.setState(Json.write(relationship));
        return row;
    }

    private static short rank(Level level) {
        return switch (level) {
            case TRANSACTIONAL -> 1;
            case ADDED_VALUE -> 2;
            case JOINT_VALUE -> 3;
        };
    }

    /** The relationship, which is refused as unknown when there is none that the viewer may see. */
    public Told show(String id, Viewer viewer) {
        return Ids.of(id)
                .flatMap(known -> told().where(RELATIONSHIP.ID.eq(known))
                        .and(visibleTo(viewer))
                        .fetchOptional(RelationshipTable::told))
                .orElseThrow(() -> QueryRefused.notFound("relationship", id));
    }

    /** The relationship without what else is told of it, likewise refused: for those who show what belongs to it. */
    public Relationship find(String id, Viewer viewer) {
        return Ids.of(id)
                .flatMap(known -> database.select(RELATIONSHIP.STATE)
                        .from(RELATIONSHIP)
                        .where(RELATIONSHIP.ID.eq(known))
                        .and(visibleTo(viewer))
                        .fetchOptional(row -> Json.read(row.value1(), Relationship.class)))
                .orElseThrow(() -> QueryRefused.notFound("relationship", id));
    }

    private SelectOnConditionStep<Record> told() {
        return withItsRows(database.select(TOLD).select(SORTED_BY).from(RELATIONSHIP));
    }

    private static <R extends Record> SelectOnConditionStep<R> withItsRows(SelectJoinStep<R> relationships) {
        return relationships
                .join(STAKEHOLDER)
                .on(STAKEHOLDER.ID.eq(RELATIONSHIP.STAKEHOLDER_ID))
                .join(TRUST_STANDING)
                .on(TRUST_STANDING.RELATIONSHIP_ID.eq(RELATIONSHIP.ID));
    }

    /** Those of a status whose levels mismatch by the evidence of a window, in the order of their establishment. */
    public List<Listed<Told>> mismatched(
            @Nullable String managerId,
            @Nullable String group,
            @Nullable StakeholderKind kind,
            Relationship.Status status,
            PageRequest page,
            PracticeWindow window) {
        return list(
                new Filter(managerId, group, kind, null, status, true, null, null, null, null, Order.ESTABLISHED, page),
                noCondition(),
                window);
    }

    /** The active ones, in the order of their establishment. */
    public List<Listed<Told>> active(
            @Nullable String managerId,
            @Nullable String group,
            @Nullable StakeholderKind kind,
            @Nullable Level level,
            PageRequest page,
            PracticeWindow window) {
        Relationship.Status active = Relationship.Status.ACTIVE;
        return list(
                new Filter(
                        managerId, group, kind, level, active, null, null, null, null, null, Order.ESTABLISHED, page),
                noCondition(),
                window);
    }

    List<Listed<Told>> list(Filter filter, Viewer viewer, PracticeWindow window) {
        return list(filter, visibleTo(viewer), window);
    }

    private List<Listed<Told>> list(Filter filter, Condition visible, PracticeWindow window) {
        Order wanted = Objects.requireNonNullElse(filter.sort(), Order.ESTABLISHED);
        Keyset<?, ?> order = keyset(wanted);
        // which ones first: what is told of each is long, and would be fetched for all before they are sorted
        Table<?> page = candidates(wanted, filter, matching(filter, window).and(visible))
                .and(order.after(filter.page()))
                .orderBy(order.order())
                .limit(filter.page().rowsToRead())
                .asTable("page");
        return withItsRows(database.select(TOLD)
                        .select(SORTED_BY)
                        .from(page)
                        .join(RELATIONSHIP)
                        .on(RELATIONSHIP.ID.eq(page.field(RELATIONSHIP.ID))))
                .orderBy(order.order())
                .fetch(row -> order.listed(row, told(row)));
    }

    /** The ids of those that match, which have rows in all tables: a relationship may come before its stakeholder does. */
    private static SelectConditionStep<?> candidates(Order order, Filter filter, Condition matching) {
        boolean byTrust = order == Order.TRUST || order == Order.TRUST_HIGHEST;
        if (byTrust && matching.equals(noCondition())) {
            // H2 finds the order in an index only of the table that it reads first, and of one alone it is that
            return select(TRUST_STANDING.RELATIONSHIP_ID.as(RELATIONSHIP.ID))
                    .from(TRUST_STANDING)
                    .where(matchingTrust(filter))
                    .and(exists(selectOne()
                            .from(RELATIONSHIP)
                            .join(STAKEHOLDER)
                            .on(STAKEHOLDER.ID.eq(RELATIONSHIP.STAKEHOLDER_ID))
                            .where(RELATIONSHIP.ID.eq(TRUST_STANDING.RELATIONSHIP_ID))));
        }
        return withItsRows(select(RELATIONSHIP.ID).from(RELATIONSHIP))
                .where(matching)
                .and(matchingTrust(filter));
    }

    private static Keyset<?, ?> keyset(Order order) {
        return switch (order) {
            case ESTABLISHED -> BY_ESTABLISHMENT;
            case ESTABLISHED_LAST -> BY_ESTABLISHMENT.reversed();
            case NAME -> BY_NAME;
            case NAME_REVERSED -> BY_NAME.reversed();
            case LAST_INTERACTION -> BY_LAST_INTERACTION;
            case LAST_INTERACTION_LATEST -> BY_LAST_INTERACTION.reversed();
            case LEVEL -> BY_LEVEL;
            case LEVEL_HIGHEST -> BY_LEVEL.reversed();
            case NEXT_DUE -> BY_NEXT_DUE;
            case NEXT_DUE_LATEST -> BY_NEXT_DUE.reversed();
            case TRUST -> BY_TRUST;
            case TRUST_HIGHEST -> BY_TRUST.reversed();
        };
    }

    private static Condition matching(Filter filter, PracticeWindow window) {
        Condition condition = noCondition();
        if (filter.managerId() != null) {
            condition = condition.and(managedBy(filter.managerId()));
        }
        if (filter.level() != null) {
            condition = condition.and(RELATIONSHIP.LEVEL_RANK.eq(rank(filter.level())));
        }
        if (filter.status() != null) {
            condition = condition.and(RELATIONSHIP.STATUS.eq(filter.status().name()));
        }
        if (filter.mismatch() != null) {
            Condition mismatch = mismatch(window);
            condition = condition.and(filter.mismatch() ? mismatch : not(mismatch));
        }
        if (filter.quietSince() != null) {
            condition = condition.and(RELATIONSHIP.LAST_INTERACTION_AT.lt(filter.quietSince()));
        }
        if (filter.group() != null) {
            condition = condition.and(StakeholderTable.inGroup(filter.group()));
        }
        if (filter.kind() != null) {
            condition = condition.and(STAKEHOLDER.KIND.eq(filter.kind().name()));
        }
        if (filter.q() != null) {
            condition = condition.and(
                    RELATIONSHIP.SEARCH_TEXT.contains(SearchText.of(filter.q())).or(StakeholderTable.says(filter.q())));
        }
        return condition;
    }

    private static Condition matchingTrust(Filter filter) {
        Condition condition = noCondition();
        if (filter.trend() != null) {
            condition = condition.and(TrustStandingTable.goes(filter.trend()));
        }
        if (filter.trustBelow() != null) {
            condition = condition.and(TrustStandingTable.below(filter.trustBelow()));
        }
        return condition;
    }

    /** The levels are not all equal: as {@link Told#levels} tells it. */
    private static Condition mismatch(PracticeWindow window) {
        Field<Short> practised = when(
                        PracticeTable.practises(Level.JOINT_VALUE, window), inline(rank(Level.JOINT_VALUE)))
                .when(PracticeTable.practises(Level.ADDED_VALUE, window), inline(rank(Level.ADDED_VALUE)))
                .otherwise(inline(rank(Level.TRANSACTIONAL)));
        return RELATIONSHIP.PARTIES_DISAGREE.isTrue().or(RELATIONSHIP.LEVEL_RANK.ne(practised));
    }

    private static Told told(Record row) {
        return new Told(
                Json.read(row.get(RELATIONSHIP.STATE), Relationship.class),
                StakeholderTable.stakeholder(row.get(STAKEHOLDER.STATE)),
                PracticeTable.practice(row.get(RELATIONSHIP.PRACTICE)),
                TrustStandingTable.read(row.get(TRUST_STANDING.STATE)),
                alignment(row.get(LATEST_ALIGNMENT)));
    }

    private static @Nullable Alignment alignment(@Nullable String assessment) {
        return assessment != null
                        && EntryTable.entry(assessment).content() instanceof EntryContent.AlignmentAssessment assessed
                ? assessed.figures()
                : null;
    }
}
