package dev.rapport.query.stakeholder;

import static dev.rapport.query.jooq.Tables.STAKEHOLDER;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.noCondition;

import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.query.database.BatchWriter;
import dev.rapport.query.database.Json;
import dev.rapport.query.database.Keyset;
import dev.rapport.query.database.Keyset.Part;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.database.SearchText;
import dev.rapport.query.http.Ids;
import dev.rapport.query.http.Listed;
import dev.rapport.query.jooq.tables.records.StakeholderRecord;
import dev.rapport.query.stakeholder.StakeholderController.Filter;
import dev.rapport.query.stakeholder.StakeholderController.Order;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** The stakeholders, as the read database keeps them. */
@Component
public class StakeholderTable {

    /** As many characters as an index surely takes; groups are told apart by these. */
    private static final int GROUP_KEY = 600;

    private static final Keyset<Long, String> BY_REGISTRATION =
            Keyset.ascending(Part.number(STAKEHOLDER.REGISTERED_POSITION), Part.id(STAKEHOLDER.ID));
    private static final Keyset<byte[], String> BY_NAME =
            Keyset.ascending(Part.bytes(STAKEHOLDER.NAME_KEY), Part.id(STAKEHOLDER.ID));

    private final DSLContext database;
    private final BatchWriter writer;

    StakeholderTable(@ReadDatabase DSLContext database, BatchWriter writer) {
        this.database = database;
        this.writer = writer;
    }

    public Map<StakeholderId, Stakeholder> load(Collection<StakeholderId> ids) {
        if (writer.isAddingOnly()) {
            return Map.of();
        }
        return database
                .select(STAKEHOLDER.STATE)
                .from(STAKEHOLDER)
                .where(STAKEHOLDER.ID.in(ids.stream().map(StakeholderId::value).toList()))
                .fetch(row -> stakeholder(row.value1()))
                .stream()
                .collect(Collectors.toMap(Stakeholder::id, Function.identity()));
    }

    public Optional<Stakeholder> find(String id) {
        return Ids.of(id)
                .flatMap(known -> database.select(STAKEHOLDER.STATE)
                        .from(STAKEHOLDER)
                        .where(STAKEHOLDER.ID.eq(known))
                        .fetchOptional(row -> stakeholder(row.value1())));
    }

    public static Stakeholder stakeholder(String state) {
        return Json.read(state, Stakeholder.class);
    }

    /** The version that a stakeholder's stream is shown at; 0 when it is not known. */
    public long versionOf(String id) {
        return database.select(STAKEHOLDER.VERSION)
                .from(STAKEHOLDER)
                .where(STAKEHOLDER.ID.eq(id))
                .fetchOptional(STAKEHOLDER.VERSION)
                .orElse(0L);
    }

    /**
     * Writes stakeholders as they are now, unless newer ones are there: every segment of the projection writes every stakeholder, in an
     * order that all share, so that none waits for another that waits for it.
     */
    public void save(Collection<Stakeholder> stakeholders) {
        if (writer.isAddingOnly()) {
            writer.insert(stakeholders.stream().map(StakeholderTable::row).toList());
            return;
        }
        save(stakeholders, STAKEHOLDER.VERSION.lt(excluded(STAKEHOLDER.VERSION)));
    }

    /** Writes a stakeholder who was told anew at the version that is there, as something of it was erased; unless a newer one is there. */
    public void replace(Stakeholder stakeholder) {
        save(List.of(stakeholder), STAKEHOLDER.VERSION.le(excluded(STAKEHOLDER.VERSION)));
    }

    private void save(Collection<Stakeholder> stakeholders, Condition replacing) {
        stakeholders.stream()
                .sorted(Comparator.comparing(stakeholder -> stakeholder.id().value()))
                .map(StakeholderTable::row)
                .forEach(row -> database.insertInto(STAKEHOLDER)
                        .set(row)
                        .onConflict(STAKEHOLDER.ID)
                        .doUpdate()
                        .setAllToExcluded()
                        .where(replacing)
                        .execute());
    }

    private static StakeholderRecord row(Stakeholder stakeholder) {
        var row = new StakeholderRecord();
        row.setId(stakeholder.id().value());
        row.setVersion(stakeholder.version());
        row.setPosition(stakeholder.position());
        row.setRegisteredPosition(stakeholder.registeredPosition());
        row.setKind(stakeholder.kind().name());
        row.setGroupKey(groupKey(stakeholder.group()));
        row.setNameKey(SearchText.sortKey(stakeholder.name()));
        row.setSearchText(SearchText.of(stakeholder.id() + "\n" + stakeholder.name()));
        row.setState(Json.write(stakeholder));
        return row;
    }

    List<Listed<Stakeholder>> list(Filter filter) {
        Keyset<?, ?> order = keyset(Objects.requireNonNullElse(filter.sort(), Order.REGISTERED));
        return database.selectFrom(STAKEHOLDER)
                .where(matching(filter))
                .and(order.after(filter.page()))
                .orderBy(order.order())
                .limit(filter.page().rowsToRead())
                .fetch(row -> order.listed(row, stakeholder(row.getState())));
    }

    private static Keyset<?, ?> keyset(Order order) {
        return switch (order) {
            case REGISTERED -> BY_REGISTRATION;
            case REGISTERED_LAST -> BY_REGISTRATION.reversed();
            case NAME -> BY_NAME;
            case NAME_REVERSED -> BY_NAME.reversed();
        };
    }

    private static Condition matching(Filter filter) {
        Condition condition = noCondition();
        if (filter.kind() != null) {
            condition = condition.and(STAKEHOLDER.KIND.eq(filter.kind().name()));
        }
        if (filter.group() != null) {
            condition = condition.and(inGroup(filter.group()));
        }
        if (filter.q() != null) {
            condition = condition.and(says(filter.q()));
        }
        return condition;
    }

    /** Stakeholders of a group. */
    public static Condition inGroup(String group) {
        return STAKEHOLDER.GROUP_KEY.eq(groupKey(group));
    }

    /** Stakeholders whose id or name contains a text. */
    public static Condition says(String text) {
        return STAKEHOLDER.SEARCH_TEXT.contains(SearchText.of(text));
    }

    private static String groupKey(String group) {
        return SearchText.storable(group, GROUP_KEY);
    }
}
