package dev.cinnabar.label.read;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Finds elements of an XML document by their local names, with the JDK's parser: no document types, no entities but the five, bounded in depth and number. */
final class XmlElements {
    /** An element: its attributes by local name, and its text with that of the elements within. */
    record Element(String local, Map<String, String> attributes, String text) {
        String attribute(String name) {
            return attributes.getOrDefault(name, "");
        }
    }

    private record Open(int depth, String local, Map<String, String> attributes, StringBuilder text) {}

    private static final int MOST = 10_000;

    private final XMLStreamReader xml;
    private final Set<String> wanted;
    private final int maxDepth;
    private final List<Element> found = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private int depth;

    private XmlElements(XMLStreamReader xml, Set<String> wanted, int maxDepth) {
        this.xml = xml;
        this.wanted = wanted;
        this.maxDepth = maxDepth;
    }

    /** The elements with one of the local names, in the order of their ends; {@code what} names the document in the damage. */
    static List<Element> find(byte[] document, Set<String> wanted, int maxDepth, String what) throws Damage {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XmlElements scan = new XmlElements(
                    factory.createXMLStreamReader(new ByteArrayInputStream(document)), wanted, maxDepth);
            return scan.run();
        } catch (XMLStreamException | RuntimeException e) {
            // the JDK's parser also throws unchecked exceptions on malformed input; none of them is more than "not
            // well-formed"
            throw Damage.at(0, what + " is not well-formed XML without a document type");
        }
    }

    private List<Element> run() throws XMLStreamException {
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.DTD -> throw new XMLStreamException("a document type");
                case XMLStreamConstants.START_ELEMENT -> start();
                case XMLStreamConstants.END_ELEMENT -> end();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    open.forEach(each -> each.text().append(xml.getText()));
                default -> {
                    // comments and instructions say nothing here
                }
            }
        }
        return found;
    }

    private void start() throws XMLStreamException {
        if (++depth > maxDepth || found.size() + open.size() >= MOST) {
            throw new XMLStreamException("too deep or too many");
        }
        if (!wanted.contains(xml.getLocalName())) {
            return;
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            attributes.putIfAbsent(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
        }
        open.push(new Open(depth, xml.getLocalName(), attributes, new StringBuilder()));
    }

    private void end() {
        Open last = open.peek();
        if (last != null && last.depth() == depth) {
            open.pop();
            found.add(new Element(last.local(), last.attributes(), last.text().toString()));
        }
        depth--;
    }
}
