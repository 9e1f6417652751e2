package dev.rapport.query.reports;

import dev.rapport.query.reports.Network.Dependence;
import dev.rapport.query.reports.Network.Edge;
import dev.rapport.query.reports.Network.Node;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes a network as GraphML 1.0, an element at a time: an undirected graph, since each figure says by its name whose it is. Every value has a
 * key with a type; what is not known has no value. The name is the attribute {@code label}, which Gephi shows by itself.
 */
final class GraphMl {

    private static final String NAMESPACE = "http://graphml.graphdrawing.org/xmlns";
    private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    private static final String SCHEMA = NAMESPACE + " http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd";

    /** XML 1.0 has no way to write these, not even escaped. */
    private static final Pattern NOT_XML =
            Pattern.compile("[^\\t\\n\\r\\u0020-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private static final List<Key<Node>> OF_NODES = List.of(
            new Key<>("label", "string", Node::name),
            new Key<>("kind", "string", Node::kind),
            new Key<>("group", "string", Node::group));

    private static final List<Key<Edge>> OF_EDGES = List.of(
            new Key<>("relationshipId", "string", Edge::relationshipId),
            new Key<>("managerId", "string", Edge::managerId),
            new Key<>("declaredLevel", "string", Edge::declaredLevel),
            new Key<>("stakeholderLevel", "string", Edge::stakeholderLevel),
            new Key<>("practisedLevel", "string", Edge::practisedLevel),
            new Key<>("trustInThem", "double", edge -> edge.inThem().overall()),
            new Key<>("uncertaintyInThem", "double", edge -> edge.inThem().uncertainty()),
            new Key<>("trendInThem", "string", edge -> edge.inThem().trend()),
            new Key<>("trustInUs", "double", edge -> edge.inUs().overall()),
            new Key<>("uncertaintyInUs", "double", edge -> edge.inUs().uncertainty()),
            new Key<>("trendInUs", "string", edge -> edge.inUs().trend()),
            new Key<>("ourDependence", "double", ofDependence(Dependence::ourDependence)),
            new Key<>("theirDependence", "double", ofDependence(Dependence::theirDependence)),
            new Key<>("switchingCost", "string", ofDependence(Dependence::switchingCost)));

    private final XMLStreamWriter xml;

    GraphMl(XMLStreamWriter xml) {
        this.xml = xml;
    }

    private record Key<T>(String name, String type, Function<T, @Nullable Object> value) {}

    private static Function<Edge, @Nullable Object> ofDependence(Function<Dependence, Object> value) {
        return edge -> {
            Dependence dependence = edge.dependence();
            return dependence == null ? null : value.apply(dependence);
        };
    }

    void write(Iterable<Node> nodes, Iterable<Edge> edges) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("graphml");
        xml.writeDefaultNamespace(NAMESPACE);
        xml.writeNamespace("xsi", INSTANCE);
        xml.writeAttribute("xsi", INSTANCE, "schemaLocation", SCHEMA);
        declare("node", OF_NODES);
        declare("edge", OF_EDGES);
        line();
        xml.writeStartElement("graph");
        xml.writeAttribute("id", "network");
        xml.writeAttribute("edgedefault", "undirected");
        for (Node node : nodes) {
            line();
            xml.writeStartElement("node");
            xml.writeAttribute("id", node.id());
            values("node", OF_NODES, node);
            xml.writeEndElement();
        }
        for (Edge edge : edges) {
            line();
            xml.writeStartElement("edge");
            xml.writeAttribute("source", edge.source());
            xml.writeAttribute("target", edge.target());
            values("edge", OF_EDGES, edge);
            xml.writeEndElement();
        }
        line();
        xml.writeEndElement();
        line();
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private <T> void declare(String of, List<Key<T>> keys) throws XMLStreamException {
        for (Key<T> key : keys) {
            line();
            xml.writeEmptyElement("key");
            xml.writeAttribute("id", of + "-" + key.name());
            xml.writeAttribute("for", of);
            xml.writeAttribute("attr.name", key.name());
            xml.writeAttribute("attr.type", key.type());
        }
    }

    private <T> void values(String of, List<Key<T>> keys, T element) throws XMLStreamException {
        for (Key<T> key : keys) {
            Object value = key.value().apply(element);
            if (value != null) {
                xml.writeStartElement("data");
                xml.writeAttribute("key", of + "-" + key.name());
                xml.writeCharacters(NOT_XML.matcher(value.toString()).replaceAll("\uFFFD"));
                xml.writeEndElement();
            }
        }
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n");
    }
}
