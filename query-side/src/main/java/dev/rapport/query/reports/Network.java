package dev.rapport.query.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.events.trust.Trend;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.StakeholderKind;
import dev.rapport.events.vocabulary.SwitchingCost;
import dev.rapport.query.http.Graph;
import dev.rapport.query.http.Report;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Iterator;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** The performance network: us, those whose results and ours depend on each other, and the relationships between. */
record Network(
        @JsonPropertyDescription("Us first, then each stakeholder that we have an active relationship with.")
        Iterable<Node> nodes,

        @JsonPropertyDescription("The active relationships, in the order of their establishment.")
        Iterable<Edge> edges,

        @JsonPropertyDescription("How far our dependence, and theirs, hangs on few.")
        Concentrations concentration)
        implements Report<Network.Edge>, Graph {

    /** Nobody else's id: ids of stakeholders have no colon. */
    static final String US = ":us";

    /** The name of the node that is us. */
    static final String OURSELVES = "Us";

    /** One end of a relationship. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Node(
            @JsonPropertyDescription("The stakeholder's id, or `:us`.")
            String id,

            String name,
            @Nullable StakeholderKind kind,
            @Nullable String group) {

        private static final Node OF_US = new Node(US, OURSELVES, null, null);

        static Node us() {
            return OF_US;
        }

        static Node of(Edge edge) {
            return new Node(edge.target(), edge.stakeholderName(), edge.stakeholderKind(), edge.stakeholderGroup());
        }
    }

    /** A relationship between us and a stakeholder. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Edge(
            @JsonPropertyDescription("Us: `:us`.") String source,

            @JsonPropertyDescription("The stakeholder's id.")
            String target,

            String relationshipId,
            String stakeholderName,
            StakeholderKind stakeholderKind,
            String stakeholderGroup,
            String managerId,
            Level declaredLevel,
            @Nullable Level stakeholderLevel,
            Level practisedLevel,

            @JsonPropertyDescription("Our trust in them, today.")
            TrustOneWay inThem,

            @JsonPropertyDescription("What they can trust us for, today.")
            TrustOneWay inUs,

            @JsonPropertyDescription("By the latest assessment; absent when there was none.") @Nullable
            Dependence dependence) {}

    /** Overall trust one way, with what it is never shown without. */
    record TrustOneWay(double overall, double uncertainty, Trend trend) {}

    /** How much each depends on the other, from 0 to 100. */
    record Dependence(
            BigDecimal ourDependence, BigDecimal theirDependence, SwitchingCost switchingCost, Instant assessedAt) {}

    /** Both ways: a dependence that hangs on few is a risk to whoever has it. */
    record Concentrations(Concentration ourDependence, Concentration theirDependence) {}

    @Override
    public Iterator<Edge> rows() {
        return edges.iterator();
    }

    @Override
    public void writeGraphMl(XMLStreamWriter xml) throws XMLStreamException {
        new GraphMl(xml).write(nodes, edges);
    }
}
