package vini.overlay.importer;

import org.jspecify.annotations.Nullable;

import vini.overlay.json.Shown;
import vini.overlay.topology.Node;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A network as an importer finds it, before it is fitted to what a {@code Topology} can hold. */
final class Draft {
    /** A file with more nodes or links than this is not read to its end. */
    private static final int MOST = 200_000;

    private static final int EVENTS_MOST = 10_000;

    private final Map<String, DraftNode> nodes = new LinkedHashMap<>();
    private final List<DraftLink> links = new ArrayList<>();
    private final List<DraftEvent> events = new ArrayList<>();
    private final Notes notes = new Notes();

    /** What the file calls the network; empty if nothing. */
    String name = "";

    /** OSPF's timers in seconds; 0: the file says nothing of them. */
    int helloSeconds;

    int deadSeconds;

    Notes notes() {
        return notes;
    }

    Collection<DraftNode> nodes() {
        return nodes.values();
    }

    List<DraftLink> links() {
        return links;
    }

    List<DraftEvent> events() {
        return events;
    }

    /** The node of that key, or null. */
    @Nullable DraftNode find(String key) {
        return nodes.get(key);
    }

    /** A new node; a second one of that key is a mistake of the file. */
    DraftNode add(String key, Source source, int line) {
        if (nodes.size() >= MOST) {
            throw source.fatal(line, "more than " + MOST + " nodes; " + tooLarge());
        }
        DraftNode node = new DraftNode(key);
        if (nodes.putIfAbsent(key, node) != null) {
            source.wrong(line, "the node " + quoted(key) + " is there already; give it another id");
        }
        return node;
    }

    /** The node of that key, made if it is not there yet. */
    DraftNode node(String key, Source source, int line) {
        DraftNode node = nodes.get(key);
        return node == null ? add(key, source, line) : node;
    }

    /** A new link. */
    DraftLink link(DraftNode a, DraftNode b, Source source, int line) {
        if (links.size() >= MOST) {
            throw source.fatal(line, "more than " + MOST + " links; " + tooLarge());
        }
        DraftLink link = new DraftLink(a, b);
        links.add(link);
        return link;
    }

    void event(DraftEvent event, Source source, int line) {
        if (events.size() >= EVENTS_MOST) {
            throw source.fatal(line, "more than " + EVENTS_MOST + " events; take a part of them");
        }
        events.add(event);
    }

    static String tooLarge() {
        return "a topology holds "
                + Fit.NODES_MAX
                + " nodes and "
                + Fit.LINKS_MAX
                + " links, a node "
                + Node.LINKS_MAX
                + "; take a part of it";
    }

    static String quoted(String text) {
        return Shown.quoted(text);
    }
}
