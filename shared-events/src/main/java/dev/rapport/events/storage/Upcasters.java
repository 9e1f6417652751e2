package dev.rapport.events.storage;

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
            new WithoutTrust("RelationshipDowngraded"));

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

    private Upcasters() {}
}
