package vini.overlay.importer;

import org.jspecify.annotations.Nullable;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Graphs in GraphML (graphml.graphdrawing.org). Nested graphs are taken as part of the outermost.
 * Document types and entities are not read, so that a file can make nothing of nothing.
 */
final class GraphMlImporter implements Importer {
    private static final int DEPTH_MAX = 64;

    @Override
    public boolean recognises(List<Source> files) {
        return files.getFirst().head().contains("<graphml");
    }

    @Override
    public void read(List<Source> files, Draft draft) {
        Source source = files.getFirst();
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(source.text()));
            new Reading(source, draft, xml).read();
            xml.close();
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber());
            throw source.fatal(line, "the XML is broken: " + lastLine(e.getMessage()));
        }
    }

    /** The JDK's message without the place, which stands before it. */
    private static String lastLine(@Nullable String message) {
        String text = message == null ? "" : message.strip();
        int at = text.lastIndexOf("Message: ");
        return at < 0 ? text : text.substring(at + "Message: ".length());
    }

    private static final class Reading {
        private final Source source;
        private final Draft draft;
        private final XMLStreamReader xml;
        private final GraphTraits traits;

        /** From the id of a key to what it is called. */
        private final Map<String, String> keys = new LinkedHashMap<>();

        private final Map<DraftNode, Integer> nodeLines = new LinkedHashMap<>();
        private final Map<DraftNode, Map<String, String>> nodes = new LinkedHashMap<>();
        private final Map<Edge, Map<String, String>> edges = new LinkedHashMap<>();

        /** The data of what is being read: the graph, a node or an edge. */
        private @Nullable Map<String, String> data;

        private final Map<String, String> graph = new LinkedHashMap<>();
        private boolean directed;
        private int depth;
        private int graphs;

        private record Edge(String from, String to, boolean directed, int line, int number) {}

        Reading(Source source, Draft draft, XMLStreamReader xml) {
            this.source = source;
            this.draft = draft;
            this.xml = xml;
            this.traits = new GraphTraits(draft, source);
        }

        void read() throws XMLStreamException {
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> start();
                    case XMLStreamConstants.END_ELEMENT -> end();
                    case XMLStreamConstants.ENTITY_REFERENCE ->
                            draft.notes().add("entities of the XML, left out", xml.getLocalName());
                    default -> {}
                }
            }
            graph.forEach(traits::graph);
            nodes.forEach((node, data) -> traits.node(node, data, line(node)));
            traits.placeNodes();
            edges.forEach(this::link);
        }

        private int line(DraftNode node) {
            return nodeLines.getOrDefault(node, 1);
        }

        private int line() {
            return Math.max(1, xml.getLocation().getLineNumber());
        }

        private void start() throws XMLStreamException {
            if (++depth > DEPTH_MAX) {
                throw source.fatal(line(), "elements are nested deeper than " + DEPTH_MAX);
            }
            switch (xml.getLocalName()) {
                case "key" -> key();
                case "graph" -> graph();
                case "node" -> node();
                case "edge" -> edge();
                case "data" -> data();
                case "hyperedge", "port" ->
                        draft.notes().add("elements without a place here", xml.getLocalName());
                default -> {}
            }
        }

        private void end() {
            depth--;
            switch (xml.getLocalName()) {
                case "node", "edge" -> data = graph;
                default -> {}
            }
        }

        private @Nullable String attribute(String name) {
            return xml.getAttributeValue(null, name);
        }

        private void key() {
            String id = attribute("id");
            String name = attribute("attr.name");
            if (id != null) {
                keys.put(id, name == null ? id : name);
            }
        }

        private void graph() {
            if (graphs++ > 0) {
                draft.notes()
                        .add(
                                "nested or further graphs, taken as part of the first",
                                source.at(line()));
            } else {
                directed = "directed".equals(attribute("edgedefault"));
                data = graph;
            }
        }

        private void node() {
            String id = attribute("id");
            if (id == null) {
                source.wrong(line(), "this node has no id; write one, as in: <node id=\"n1\"/>");
                data = null;
                return;
            }
            DraftNode node = draft.add(id, source, line());
            Map<String, String> attributes = new LinkedHashMap<>();
            nodes.put(node, attributes);
            nodeLines.put(node, line());
            data = attributes;
        }

        private void edge() {
            String from = attribute("source");
            String to = attribute("target");
            if (from == null || to == null) {
                source.wrong(
                        line(), "this edge needs a source and a target, each the id of a node");
                data = null;
                return;
            }
            String own = attribute("directed");
            boolean oneWay = own == null ? directed : own.equals("true");
            Map<String, String> attributes = new LinkedHashMap<>();
            edges.put(new Edge(from, to, oneWay, line(), edges.size()), attributes);
            data = attributes;
        }

        private void data() throws XMLStreamException {
            String key = attribute("key");
            String text = text();
            depth--;
            if (key != null && data != null && !text.isBlank()) {
                data.putIfAbsent(keys.getOrDefault(key, key), text.strip());
            }
        }

        /**
         * The text of an element up to its end; of a drawing (yEd's) the text of its first label,
         * which is then the label.
         */
        private String text() throws XMLStreamException {
            StringBuilder text = new StringBuilder();
            boolean drawn = false;
            int inside = 1;
            while (inside > 0 && xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (++inside > DEPTH_MAX) {
                            throw source.fatal(
                                    line(), "elements are nested deeper than " + DEPTH_MAX);
                        }
                        drawn = true;
                        if (xml.getLocalName().equals("NodeLabel")) {
                            label();
                            inside--;
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> inside--;
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                            text.append(xml.getText());
                    default -> {}
                }
            }
            return drawn ? "" : text.toString();
        }

        private void label() throws XMLStreamException {
            StringBuilder label = new StringBuilder();
            int inside = 1;
            while (inside > 0 && xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> inside++;
                    case XMLStreamConstants.END_ELEMENT -> inside--;
                    case XMLStreamConstants.CHARACTERS -> label.append(xml.getText());
                    default -> {}
                }
            }
            if (data != null && !label.toString().isBlank()) {
                data.putIfAbsent("label", label.toString().strip());
            }
        }

        private void link(Edge edge, Map<String, String> attributes) {
            DraftNode a = end(edge, edge.from(), "source");
            DraftNode b = end(edge, edge.to(), "target");
            if (a != null && b != null) {
                DraftLink link = draft.link(a, b, source, edge.line());
                link.oneWay = edge.directed();
                traits.edge(link, attributes, edge.line());
            }
        }

        private @Nullable DraftNode end(Edge edge, String id, String what) {
            DraftNode node = draft.find(id);
            if (node == null) {
                source.wrong(
                        edge.line(),
                        "the " + what + " " + Draft.quoted(id) + " is no node; name the id of one");
            }
            return node;
        }
    }
}
