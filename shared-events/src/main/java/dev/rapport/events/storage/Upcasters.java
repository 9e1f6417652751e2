package dev.rapport.events.storage;

import java.util.Map;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of stored forms: every revision that an event ever had, and how it is read as the next. The only such list; whoever reads
 * the log, reads through it.
 */
final class Upcasters {

    static final EventUpcasterChain ALL = new EventUpcasterChain(
            new CommitmentReleased1(),
            new WithoutTrust("RelationshipUpgraded"),
            new WithoutTrust("RelationshipDowngraded"),
            new InClear());

    /** A new revision of an event, made from the one before. */
    private abstract static class Step extends SingleEventUpcaster {

        private final SimpleSerializedType from;
        private final SimpleSerializedType to;

        Step(String event, int from) {
            this.from = new SimpleSerializedType(event, String.valueOf(from));
            this.to = new SimpleSerializedType(event, String.valueOf(from + 1));
        }

        @Override
        protected boolean canUpcast(IntermediateEventRepresentation stored) {
            return stored.getType().equals(from);
        }

        @Override
        protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation stored) {
            return stored.upcastPayload(to, JsonNode.class, payload -> next((ObjectNode) payload));
        }

        abstract ObjectNode next(ObjectNode payload);
    }

    /** A flag told a release by the relationship's ending, whose reason was always the same words; the cause has a name since. */
    private static final class CommitmentReleased1 extends Step {

        CommitmentReleased1() {
            super("CommitmentReleased", 1);
        }

        @Override
        ObjectNode next(ObjectNode payload) {
            boolean byEnding = payload.required("byEnding").booleanValue();
            payload.remove("byEnding");
            if (byEnding) {
                payload.remove("reason");
            }
            return payload.put("cause", byEnding ? "RELATIONSHIP_ENDED" : "LET_OFF");
        }
    }

    /** The trust that the level was changed on was not kept, and what is not there is not known. */
    private static final class WithoutTrust extends Step {

        WithoutTrust(String event) {
            super(event, 1);
        }

        @Override
        ObjectNode next(ObjectNode payload) {
            return payload;
        }
    }

    /** What is personal was stored in clear until some revision of each event; in the next it is encrypted, and says the same. */
    static final class InClear extends SingleEventUpcaster {

        /** The last revision of each event that was in clear. */
        static final Map<String, Integer> EVENTS = Map.ofEntries(
                Map.entry("StakeholderRegistered", 1),
                Map.entry("StakeholderProfileChanged", 1),
                Map.entry("RelationshipEstablished", 1),
                Map.entry("ManagerAssigned", 1),
                Map.entry("RelationshipUpgraded", 2),
                Map.entry("RelationshipDowngraded", 2),
                Map.entry("DesiredLevelSet", 1),
                Map.entry("StakeholderLevelRecorded", 1),
                Map.entry("InteractionLogged", 1),
                Map.entry("InteractionCorrected", 1),
                Map.entry("CommitmentRecorded", 1),
                Map.entry("CommitmentKept", 1),
                Map.entry("CommitmentBroken", 1),
                Map.entry("CommitmentRenegotiated", 1),
                Map.entry("CommitmentReleased", 2),
                Map.entry("DisclosureRecorded", 1),
                Map.entry("DisclosureCorrected", 1),
                Map.entry("ObjectiveHeld", 1),
                Map.entry("ObjectiveRetired", 1),
                Map.entry("ExpectationStated", 1),
                Map.entry("ContributionRecorded", 1),
                Map.entry("ContributionCorrected", 1),
                Map.entry("ValuesAssessed", 1),
                Map.entry("ConcernRaised", 1),
                Map.entry("ConcernResolved", 1),
                Map.entry("DisputeRaised", 1),
                Map.entry("DisputeSettled", 1),
                Map.entry("EntryRetracted", 1),
                Map.entry("RelationshipEnded", 1),
                Map.entry("RelationshipReopened", 1));

        @Override
        protected boolean canUpcast(IntermediateEventRepresentation stored) {
            Integer last = EVENTS.get(stored.getType().getName());
            return last != null && String.valueOf(last).equals(stored.getType().getRevision());
        }

        @Override
        protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation stored) {
            String event = stored.getType().getName();
            return stored.upcastPayload(
                    new SimpleSerializedType(event, String.valueOf(EVENTS.getOrDefault(event, 0) + 1)),
                    JsonNode.class,
                    payload -> payload);
        }
    }

    private Upcasters() {}
}
