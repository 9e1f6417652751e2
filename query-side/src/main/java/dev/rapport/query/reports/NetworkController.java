package dev.rapport.query.reports;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.events.policy.TrustPolicies;
import dev.rapport.events.trust.Trend;
import dev.rapport.events.trust.TrustModel;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderKind;
import dev.rapport.events.vocabulary.TrustScores;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.entry.Entry;
import dev.rapport.query.entry.EntryContent.DependencyAssessment;
import dev.rapport.query.evidence.TrustStanding;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.Listed;
import dev.rapport.query.http.PageRequest;
import dev.rapport.query.http.Walk;
import dev.rapport.query.practice.LevelMismatch;
import dev.rapport.query.practice.PracticeClock;
import dev.rapport.query.practice.PracticeWindow;
import dev.rapport.query.relationship.RelationshipTable;
import dev.rapport.query.relationship.Told;
import dev.rapport.query.reports.Network.Dependence;
import dev.rapport.query.reports.Network.Edge;
import dev.rapport.query.reports.Network.Node;
import dev.rapport.query.reports.Network.TrustOneWay;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The performance network as a whole: who we depend on, who depends on us, and how far that hangs on few. */
@RestController
@RequestMapping(path = "/api/v1/reports/network", produces = MediaType.APPLICATION_JSON_VALUE)
class NetworkController {

    private final RelationshipTable relationships;
    private final DependenceTable dependences;
    private final PracticeClock practice;
    private final TrustModel trust;

    NetworkController(
            RelationshipTable relationships, DependenceTable dependences, PracticeClock practice, TrustPolicies trust) {
        this.relationships = relationships;
        this.dependences = dependences;
        this.practice = practice;
        this.trust = trust.usual();
    }

    /** Which active relationships. */
    record Among(
            @JsonPropertyDescription("This manager is responsible.") @Nullable
            String managerId,

            @JsonPropertyDescription("With stakeholders of this group.") @Nullable
            String group,

            @JsonPropertyDescription("With stakeholders of this kind.") @Nullable
            StakeholderKind kind,

            @JsonPropertyDescription("The declared level.") @Nullable
            Level level) {}

    @Operation(
            summary = "The performance network: nodes, edges and the concentration of dependence",
            description = "Us, the stakeholders that we have an active relationship with, and these relationships with"
                    + " level, trust and dependence. As CSV and NDJSON it is a row an edge, as GraphML a graph.")
    @GetMapping
    Network showNetwork(@FromQuery Among among, Viewer viewer) {
        PracticeWindow window = practice.window();
        Iterable<Edge> edges = () -> Walk.through(page -> edges(among, window, page));
        return new Network(() -> nodes(edges.iterator()), edges, concentration(edges));
    }

    private List<Listed<Edge>> edges(Among among, PracticeWindow window, PageRequest page) {
        List<Listed<Told>> told =
                relationships.active(among.managerId(), among.group(), among.kind(), among.level(), page, window);
        Map<RelationshipId, Entry> assessments = dependences.latest(
                told.stream().map(listed -> listed.item().relationship().id()).toList());
        return told.stream()
                .map(listed -> new Listed<>(edge(listed.item(), window, assessments), listed.cursor()))
                .toList();
    }

    private Edge edge(Told told, PracticeWindow window, Map<RelationshipId, Entry> assessments) {
        LevelMismatch levels = told.levels(window);
        TrustStanding.Told today = told.trust().today(trust);
        return new Edge(
                Network.US,
                told.stakeholder().id().value(),
                told.relationship().id().value(),
                told.stakeholder().name(),
                told.stakeholder().kind(),
                told.stakeholder().group(),
                told.relationship().managerId().value(),
                levels.declared(),
                levels.stakeholders(),
                levels.practised().level(),
                oneWay(today.inThem(), today.trend()),
                oneWay(today.inUs(), today.trendInUs()),
                dependence(assessments.get(told.relationship().id())));
    }

    private static TrustOneWay oneWay(TrustScores scores, Trend trend) {
        return new TrustOneWay(scores.overall(), scores.uncertainty(), trend);
    }

    private static @Nullable Dependence dependence(@Nullable Entry assessment) {
        return assessment != null && assessment.content() instanceof DependencyAssessment assessed
                ? new Dependence(
                        assessed.ourDependence(),
                        assessed.theirDependence(),
                        assessed.switchingCost(),
                        assessment.occurredAt())
                : null;
    }

    /** One active relationship a stakeholder: so a node an edge. */
    private static Iterator<Node> nodes(Iterator<Edge> edges) {
        return new Iterator<>() {
            private boolean begun;

            @Override
            public boolean hasNext() {
                return !begun || edges.hasNext();
            }

            @Override
            public Node next() {
                if (!begun) {
                    begun = true;
                    return Node.us();
                }
                return Node.of(edges.next());
            }
        };
    }

    private static Network.Concentrations concentration(Iterable<Edge> edges) {
        var ours = new Concentration.Sums();
        var theirs = new Concentration.Sums();
        for (Edge edge : edges) {
            Dependence dependence = edge.dependence();
            if (dependence != null) {
                String group = edge.stakeholderGroup();
                String id = edge.relationshipId();
                String name = edge.stakeholderName();
                ours.add(group, id, name, dependence.ourDependence());
                theirs.add(group, id, name, dependence.theirDependence());
            }
        }
        return new Network.Concentrations(ours.concentration(), theirs.concentration());
    }
}
