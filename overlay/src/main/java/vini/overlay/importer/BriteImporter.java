package vini.overlay.importer;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Output files of the BRITE generator (its user manual, section 4.3): nodes in a plane, edges with
 * length in km, delay in milliseconds and bandwidth in Mbps.
 */
final class BriteImporter implements Importer {
    private static final Pattern TOPOLOGY = Pattern.compile("(?m)^Topology: *\\( *[0-9]+ +Nodes");

    private static final double MILLI = 1e6;
    private static final double MEGA = 1e6;

    /** Columns of a node: id, x, y, in-degree, out-degree, AS, type. */
    private static final int NODE_COLUMNS = 3;

    private static final int AS_AT = 5;

    /** Columns of an edge: id, from, to, length, delay, bandwidth, AS from, AS to, type, way. */
    private static final int EDGE_COLUMNS = 6;

    @Override
    public boolean recognises(List<Source> files) {
        return TOPOLOGY.matcher(files.getFirst().head()).find();
    }

    @Override
    public void read(List<Source> files, Draft draft) {
        Source source = files.getFirst();
        String section = "";
        int number = 0;
        for (String line : source.lines()) {
            number++;
            String text = line.strip();
            if (text.startsWith("Nodes:") || text.startsWith("Edges:")) {
                section = text.substring(0, 5);
            } else if (!text.isEmpty() && section.equals("Nodes")) {
                node(text.split("\\s+"), source, draft, number);
            } else if (!text.isEmpty() && section.equals("Edges")) {
                edge(text.split("\\s+"), source, draft, number);
            }
        }
        if (section.isEmpty()) {
            throw source.fatal(1, "there is no line \"Nodes: ( n )\", which begins BRITE's nodes");
        }
        draft.notes()
                .add("the places of nodes are those of a plane, not of the earth, and left out");
    }

    private static void node(String[] columns, Source source, Draft draft, int line) {
        if (columns.length < NODE_COLUMNS || !columns[0].matches("[0-9]+")) {
            source.wrong(line, "a node is: id x y and more, in columns");
            return;
        }
        DraftNode node = draft.add(columns[0], source, line);
        if (columns.length > AS_AT && !columns[AS_AT].equals("-1")) {
            draft.notes()
                    .add("nodes of autonomous systems, which are one network here", node.label);
        }
    }

    private static void edge(String[] columns, Source source, Draft draft, int line) {
        for (int i = 0; i < EDGE_COLUMNS; i++) {
            if (columns.length < EDGE_COLUMNS || !GraphTraits.isNumber(columns[i])) {
                source.wrong(line, "an edge is: id from to length delay bandwidth and more");
                return;
            }
        }
        DraftNode a = draft.find(columns[1]);
        DraftNode b = draft.find(columns[2]);
        if (a == null || b == null) {
            source.wrong(
                    line, Draft.quoted(columns[a == null ? 1 : 2]) + " is no node; name an id");
            return;
        }
        DraftLink link = draft.link(a, b, source, line);
        link.oneWay = columns[columns.length - 1].equals("D");
        link.km = Double.parseDouble(columns[3]);
        double delay = Double.parseDouble(columns[4]);
        if (delay >= 0) {
            link.forward.delayNanos = delay > 1e6 ? Long.MAX_VALUE : Math.round(delay * MILLI);
        }
        double bandwidth = Double.parseDouble(columns[5]);
        link.forward.rateBitsPerSecond = bandwidth > 0 ? Math.max(1, (long) (bandwidth * MEGA)) : 0;
        link.both();
    }
}
