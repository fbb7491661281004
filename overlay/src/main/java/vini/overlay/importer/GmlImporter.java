package vini.overlay.importer;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Graphs in GML, among them those of the Topology Zoo and of SNDlib. */
final class GmlImporter implements Importer {
    private static final Pattern GRAPH =
            Pattern.compile("(?m)^\\s*(Creator\\s+\"[^\"]*\"\\s*)?graph\\s*\\[");

    @Override
    public boolean recognises(List<Source> files) {
        return GRAPH.matcher(files.getFirst().head()).find();
    }

    @Override
    public void read(List<Source> files, Draft draft) {
        Source source = files.getFirst();
        GmlReader.Item graph = null;
        for (GmlReader.Item item : new GmlReader(source).read()) {
            if (item.key().equalsIgnoreCase("graph") && item.isList()) {
                if (graph != null) {
                    draft.notes()
                            .add("further graphs of the file, left out", source.at(item.line()));
                } else {
                    graph = item;
                }
            }
        }
        if (graph == null) {
            throw source.fatal(
                    1, "there is no graph in it; GML has one as in: graph [ node [ id 0 ] ]");
        }
        new Reading(source, draft).read(graph);
    }

    private static final class Reading {
        private final Source source;
        private final Draft draft;
        private final GraphTraits traits;
        private boolean directed;

        Reading(Source source, Draft draft) {
            this.source = source;
            this.draft = draft;
            this.traits = new GraphTraits(draft, source);
        }

        void read(GmlReader.Item graph) {
            List<GmlReader.Item> edges = new ArrayList<>();
            for (GmlReader.Item item : graph.items()) {
                switch (item.key()) {
                    case "node" -> node(item);
                    case "edge" -> edges.add(item);
                    default -> traits.graph(item.key(), item.text());
                }
                directed |= item.key().equals("directed") && item.text().equals("1");
            }
            traits.placeNodes();
            edges.forEach(this::edge);
        }

        private void node(GmlReader.Item item) {
            Map<String, String> attributes = attributes(item);
            String id = attributes.remove("id");
            if (id == null) {
                source.wrong(item.line(), "this node has no id; write one, as in: id 7");
                return;
            }
            traits.node(draft.add(id, source, item.line()), attributes, item.line());
        }

        private void edge(GmlReader.Item item) {
            Map<String, String> attributes = attributes(item);
            DraftNode a = end(item, attributes.remove("source"), "source");
            DraftNode b = end(item, attributes.remove("target"), "target");
            if (a != null && b != null) {
                DraftLink link = draft.link(a, b, source, item.line());
                link.oneWay = directed;
                traits.edge(link, attributes, item.line());
            }
        }

        private @Nullable DraftNode end(GmlReader.Item edge, @Nullable String id, String what) {
            if (id == null) {
                source.wrong(edge.line(), "this edge has no " + what + "; name the id of a node");
                return null;
            }
            DraftNode node = draft.find(id);
            if (node == null) {
                source.wrong(
                        edge.line(),
                        "the " + what + " " + Draft.quoted(id) + " is no node; name the id of one");
            }
            return node;
        }

        /** The first of each key; a list, such as graphics, has no text. */
        private static Map<String, String> attributes(GmlReader.Item item) {
            Map<String, String> attributes = new LinkedHashMap<>();
            item.items().forEach(each -> attributes.putIfAbsent(each.key(), each.text()));
            return attributes;
        }
    }
}
