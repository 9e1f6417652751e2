package dev.rapport.query.http;

import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A report that is drawn as well as read. */
public interface Graph {

    /** Writes the graph as GraphML, as a document of its own. */
    void writeGraphMl(XMLStreamWriter xml) throws XMLStreamException;
}
