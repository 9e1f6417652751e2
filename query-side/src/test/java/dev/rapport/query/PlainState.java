package dev.rapport.query;

import dev.rapport.events.CommitmentBecameOverdue;
import dev.rapport.events.CommitmentBroken;
import dev.rapport.events.CommitmentKept;
import dev.rapport.events.CommitmentReleased;
import dev.rapport.events.CommitmentRenegotiated;
import dev.rapport.events.DesiredLevelSet;
import dev.rapport.events.EntryEvent;
import dev.rapport.events.EntryRetracted;
import dev.rapport.events.InteractionLogged;
import dev.rapport.events.ManagerAssigned;
import dev.rapport.events.MeasurementRecorded;
import dev.rapport.events.RelationshipDowngraded;
import dev.rapport.events.RelationshipEnded;
import dev.rapport.events.RelationshipEstablished;
import dev.rapport.events.RelationshipReopened;
import dev.rapport.events.StakeholderLevelRecorded;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.vocabulary.EntryId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A relationship as of two times as the domain puts it: each fact is looked for among all that is known, and nothing is folded. */
record PlainState(List<RecordedEvent> known, Instant validAt) {

    /** What there is to compare, by JSON Pointer. */
    static Map<String, String> told(JsonNode state) {
        Map<String, String> facts = new TreeMap<>();
        for (String pointer : new String[] {
            "/status",
            "/managerId",
            "/declaredLevel",
            "/stakeholderLevel",
            "/desiredLevel",
            "/lastInteractionAt",
            "/counts/interactions",
            "/counts/commitments/open",
            "/counts/commitments/overdue",
            "/counts/commitments/broken",
            "/counts/commitments/released",
            "/counts/disclosures",
            "/counts/objectives",
            "/counts/indicators",
            "/counts/measurements",
            "/counts/assessments"
        }) {
            facts.put(pointer, state.at(pointer).asString("none"));
        }
        return facts;
    }

    Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        facts.put(
                "/status",
                last(RelationshipEnded.class, RelationshipReopened.class)
                        .map(event -> event.payload() instanceof RelationshipEnded ? "ENDED" : "ACTIVE")
                        .findFirst()
                        .orElse("ACTIVE"));
        facts.put(
                "/managerId",
                last(RelationshipEstablished.class, ManagerAssigned.class)
                        .map(event -> event.payload() instanceof ManagerAssigned assigned
                                ? assigned.managerId().value()
                                : ((RelationshipEstablished) event.payload())
                                        .managerId()
                                        .value())
                        .findFirst()
                        .orElseThrow());
        facts.put(
                "/declaredLevel",
                last(RelationshipDowngraded.class)
                        .map(event ->
                                ((RelationshipDowngraded) event.payload()).to().name())
                        .findFirst()
                        .orElse("TRANSACTIONAL"));
        facts.put(
                "/stakeholderLevel",
                last(StakeholderLevelRecorded.class)
                        .map(event -> ((StakeholderLevelRecorded) event.payload())
                                .level()
                                .name())
                        .findFirst()
                        .orElse("none"));
        facts.put(
                "/desiredLevel",
                last(DesiredLevelSet.class)
                        .map(event ->
                                ((DesiredLevelSet) event.payload()).level().name())
                        .findFirst()
                        .orElse("none"));
        facts.put(
                "/lastInteractionAt",
                counting().stream()
                        .filter(event -> event.payload() instanceof InteractionLogged)
                        .map(RecordedEvent::occurredAt)
                        .max(Comparator.naturalOrder())
                        .map(Instant::toString)
                        .orElse("none"));
        for (String kind : new String[] {"interactions", "disclosures", "objectives", "indicators", "measurements"}) {
            facts.put("/counts/" + kind, String.valueOf(count(kind)));
        }
        facts.put("/counts/assessments", String.valueOf(count("assessments")));
        Map<String, Long> commitments = counting().stream()
                .filter(event -> kindOf(event).equals("commitments"))
                .map(event -> standing(((EntryEvent) event.payload()).entryId()))
                .flatMap(standing -> standing.equals("overdue") ? Stream.of("open", "overdue") : Stream.of(standing))
                .collect(Collectors.groupingBy(standing -> standing, Collectors.counting()));
        for (String standing : new String[] {"open", "overdue", "broken", "released"}) {
            facts.put("/counts/commitments/" + standing, String.valueOf(commitments.getOrDefault(standing, 0L)));
        }
        return facts;
    }

    private Stream<RecordedEvent> last(Class<?>... types) {
        return inEffect()
                .filter(event -> Set.of(types).contains(event.payload().getClass()))
                .max(Comparator.comparingLong(RecordedEvent::version))
                .stream();
    }

    private Stream<RecordedEvent> inEffect() {
        return known.stream().filter(event -> !effect(event).isAfter(validAt));
    }

    private static Instant effect(RecordedEvent event) {
        return event.payload() instanceof MeasurementRecorded measured
                ? measured.measuredOn().atStartOfDay(ZoneOffset.UTC).toInstant()
                : event.occurredAt();
    }

    /** What made the entries that are there and were never taken back. */
    private List<RecordedEvent> counting() {
        Map<EntryId, RecordedEvent> made = new LinkedHashMap<>();
        known.stream()
                .filter(event -> event.payload() instanceof EntryEvent)
                .forEach(event -> made.putIfAbsent(((EntryEvent) event.payload()).entryId(), event));
        known.stream()
                .filter(event -> event.payload() instanceof EntryRetracted)
                .forEach(event -> made.remove(((EntryRetracted) event.payload()).entryId()));
        return made.values().stream()
                .filter(event -> !effect(event).isAfter(validAt))
                .toList();
    }

    private long count(String kind) {
        return counting().stream().filter(event -> kindOf(event).equals(kind)).count();
    }

    private static String kindOf(RecordedEvent event) {
        return switch (event.type()) {
            case "InteractionLogged" -> "interactions";
            case "DisclosureRecorded" -> "disclosures";
            case "ObjectiveHeld" -> "objectives";
            case "IndicatorAgreed" -> "indicators";
            case "MeasurementRecorded" -> "measurements";
            case "AlignmentAssessed" -> "assessments";
            case "CommitmentRecorded" -> "commitments";
            default -> "others";
        };
    }

    private String standing(EntryId commitment) {
        return inEffect()
                .filter(event -> event.payload() instanceof EntryEvent about
                        && about.entryId().equals(commitment))
                .sorted(Comparator.comparingLong(RecordedEvent::version).reversed())
                .map(event -> switch (event.payload()) {
                    case CommitmentKept _ -> "kept";
                    case CommitmentBroken _ -> "broken";
                    case CommitmentReleased _ -> "released";
                    case CommitmentBecameOverdue _ -> "overdue";
                    case CommitmentRenegotiated _ -> "open";
                    default -> null;
                })
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("open");
    }
}
