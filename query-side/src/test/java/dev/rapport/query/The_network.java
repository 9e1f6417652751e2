package dev.rapport.query;

import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.retracted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rapport.events.DependencyAssessed;
import dev.rapport.events.RelationshipEnded;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderKind;
import dev.rapport.events.vocabulary.SwitchingCost;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;

@OnEachDatabase
class The_network extends QuerySideTest {

    private static final String GRAPHML = "application/graphml+xml";
    private static final Instant SPRING = Instant.parse("2026-04-01T00:00:00Z");

    @BeforeParameterizedClassInvocation
    void happened() {
        partner("1", "Steel & <Sons>\u0001", "net-Parts");
        assessed("1", "P-1", SPRING, 10, 10);
        assessed("1", "P-2", SPRING.plusSeconds(60), 60, 20);
        assessed("1", "P-3", SPRING.minusSeconds(60), 99, 99);
        partner("2", "Bolts", "net-Parts");
        assessed("2", "P-1", SPRING, 30, 0);
        partner("3", "Rules", "net-Public");
        assessed("3", "P-1", SPRING, 10, 80);
        assessed("3", "P-2", SPRING.plusSeconds(60), 100, 100);
        log.append(retracted("R-net-3", "P-2", EntryKind.DEPENDENCY_ASSESSMENT));
        partner("4", "Not assessed", "net-Public");
        partner("5", "Gone", "net-Parts");
        assessed("5", "P-1", SPRING, 100, 100);
        log.append(new RelationshipEnded(new RelationshipId("R-net-5"), "over"));
        queries.catchUp();
    }

    private void partner(String number, String name, String group) {
        log.append(
                Examples.stakeholder("S-net-" + number, name, StakeholderKind.SUPPLIER, group),
                relationship("R-net-" + number, "S-net-" + number, "manager" + number));
    }

    private void assessed(String number, String id, Instant at, int ours, int theirs) {
        log.append(
                at,
                new DependencyAssessed(
                        new RelationshipId("R-net-" + number),
                        new EntryId(id),
                        BigDecimal.valueOf(ours),
                        BigDecimal.valueOf(theirs),
                        SwitchingCost.HIGH));
    }

    private JsonNode network(String filter) {
        return queries.get("head", "/api/v1/reports/network" + filter).ok().json();
    }

    private static List<String> values(JsonNode items, String name) {
        return items.valueStream().map(item -> item.get(name).asString()).toList();
    }

    @Test
    void has_us_and_a_node_and_an_edge_for_each_active_relationship() {
        JsonNode network = network("?group=net-Parts");

        assertThat(values(network.get("nodes"), "id")).containsExactly(":us", "S-net-1", "S-net-2");
        assertThat(values(network.get("edges"), "relationshipId")).containsExactly("R-net-1", "R-net-2");
        assertThat(values(network.get("edges"), "source")).containsOnly(":us");
        JsonNode edge = network.at("/edges/0");
        assertThat(edge.get("target").asString()).isEqualTo("S-net-1");
        assertThat(edge.get("declaredLevel").asString()).isEqualTo("TRANSACTIONAL");
        assertThat(edge.at("/inThem/overall").asDouble()).isEqualTo(0.5);
        assertThat(edge.at("/inUs/uncertainty").asDouble()).isEqualTo(1);
        assertThat(edge.at("/inThem/trend").asString()).isEqualTo("UNKNOWN");
    }

    @Test
    void tells_dependence_by_the_latest_assessment_that_counts() {
        Map<String, JsonNode> edges = new HashMap<>();
        network("")
                .get("edges")
                .forEach(edge -> edges.put(edge.get("relationshipId").asString(), edge));

        assertThat(edges.get("R-net-1").at("/dependence/ourDependence").asInt()).isEqualTo(60);
        assertThat(edges.get("R-net-1").at("/dependence/theirDependence").asInt())
                .isEqualTo(20);
        assertThat(edges.get("R-net-1").at("/dependence/switchingCost").asString())
                .isEqualTo("HIGH");
        assertThat(edges.get("R-net-3").at("/dependence/theirDependence").asInt())
                .isEqualTo(80);
        assertThat(edges.get("R-net-4").has("dependence")).isFalse();
        assertThat(edges).doesNotContainKey("R-net-5");
    }

    @Test
    void tells_how_far_dependence_hangs_on_few() {
        JsonNode parts = network("?group=net-Parts").get("concentration");

        JsonNode ours = parts.get("ourDependence");
        assertThat(ours.get("relationships").asInt()).isEqualTo(2);
        assertThat(ours.get("total").asInt()).isEqualTo(90);
        assertThat(ours.get("index").asDouble()).isCloseTo(4.0 / 9 + 1.0 / 9, within(1e-12));
        assertThat(ours.get("equivalentNumber").asDouble()).isCloseTo(1.8, within(1e-12));
        assertThat(ours.at("/top/relationshipId").asString()).isEqualTo("R-net-1");
        assertThat(ours.at("/top/share").asDouble()).isCloseTo(2.0 / 3, within(1e-12));
        JsonNode theirs = parts.get("theirDependence");
        assertThat(theirs.get("relationships").asInt()).isEqualTo(1);
        assertThat(theirs.get("index").asDouble()).isEqualTo(1);

        JsonNode none = network("?managerId=manager4&group=net-Public").at("/concentration/ourDependence");
        assertThat(none.get("relationships").asInt()).isZero();
        assertThat(none.has("index")).isFalse();
        assertThat(none.has("top")).isFalse();
        assertThat(none.get("groups")).isEmpty();
    }

    @Test
    void tells_the_parts_of_groups() {
        JsonNode ours = network("").at("/concentration/ourDependence");
        double total = ours.get("total").asDouble();
        double shares = 0;
        for (JsonNode group : ours.get("groups")) {
            shares += group.get("share").asDouble();
            if (group.get("group").asString().equals("net-Parts")) {
                assertThat(group.get("total").asInt()).isEqualTo(90);
                assertThat(group.get("share").asDouble()).isCloseTo(90 / total, within(1e-12));
                assertThat(group.get("index").asDouble()).isCloseTo(5.0 / 9, within(1e-12));
                assertThat(group.at("/top/share").asDouble()).isCloseTo(2.0 / 3, within(1e-12));
            }
        }
        assertThat(shares).isCloseTo(1, within(1e-9));
    }

    @Test
    void is_every_business_roles_to_see() {
        for (String user : List.of("manager1", "head", "auditor", "reporter")) {
            assertThat(queries.get(user, "/api/v1/reports/network?group=net-Parts")
                            .ok()
                            .json()
                            .get("edges"))
                    .hasSize(2);
        }
        for (String form : List.of("application/json", GRAPHML, "text/csv")) {
            assertThat(queries.get("operator", "/api/v1/reports/network", "Accept", form)
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void is_a_graph_that_graph_tools_read() throws Exception {
        var answer = queries.get("head", "/api/v1/reports/network?group=net-Parts", "Accept", GRAPHML)
                .ok();
        assertThat(answer.header("Content-Type")).startsWith(GRAPHML);
        assertThat(answer.header("Content-Disposition")).endsWith(".graphml\"");
        assertThat(Long.parseLong(answer.header("Rapport-Position"))).isPositive();
        var factory = DocumentBuilderFactory.newDefaultNSInstance();
        Document document = factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(answer.response().body())));

        assertThat(document.getDocumentElement().getNamespaceURI()).isEqualTo("http://graphml.graphdrawing.org/xmlns");
        Map<String, Element> keys = new HashMap<>();
        elements(document, "key").forEach(key -> keys.put(key.getAttribute("id"), key));
        Set<String> nodes = new HashSet<>();
        elements(document, "node")
                .forEach(node -> assertThat(nodes.add(node.getAttribute("id"))).isTrue());
        List<Element> edges = elements(document, "edge");
        assertThat(edges).hasSameSizeAs(network("?group=net-Parts").get("edges"));
        edges.forEach(edge -> assertThat(nodes).contains(edge.getAttribute("source"), edge.getAttribute("target")));
        for (Element data : elements(document, "data")) {
            Element key = keys.get(data.getAttribute("key"));
            assertThat(key.getAttribute("for")).isEqualTo(data.getParentNode().getLocalName());
            if (key.getAttribute("attr.type").equals("double")) {
                assertThat(Double.parseDouble(data.getTextContent())).isNotNegative();
            }
        }
        assertThat(answer.response().body())
                .contains("<data key=\"node-label\">Steel &amp; &lt;Sons&gt;\uFFFD</data>")
                .contains("<data key=\"edge-ourDependence\">60</data>");
    }

    private static List<Element> elements(Document document, String name) {
        NodeList found = document.getElementsByTagNameNS("*", name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }
}
