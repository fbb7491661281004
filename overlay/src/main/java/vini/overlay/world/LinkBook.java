package vini.overlay.world;

import vini.overlay.graph.NodeGraph;
import vini.overlay.topology.Direction;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.Topology;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The state in which the links of a running slice should be: what was changed since the topology.
 * It says which handlers bring a forwarder or a router that knows nothing of it into that state.
 */
public final class LinkBook {
    /** A handler to write. */
    public record Write(String handler, String value) {}

    private static final String UP = "up";

    private static final class EndState {
        String state = UP;
        final Map<String, String> properties = new TreeMap<>();
        int cost;
    }

    private final Map<Link, Map<End, EndState>> ends = new LinkedHashMap<>();

    public LinkBook(Topology topology) {
        for (Link link : topology.links()) {
            Map<End, EndState> states = new EnumMap<>(End.class);
            for (End end : End.values()) {
                EndState state = new EndState();
                state.cost = link.from(end).cost();
                states.put(end, state);
            }
            ends.put(link, states);
        }
    }

    private EndState at(Link link, End end) {
        Map<End, EndState> states = ends.get(link);
        if (states == null) {
            throw new IllegalArgumentException("no link " + link.name());
        }
        return states.computeIfAbsent(end, e -> new EndState());
    }

    /** The link fails; {@code from} is the first named end, which matters for one way. */
    public void fail(Link link, FailureMode mode, End from) {
        switch (mode) {
            case DOWN, SILENT -> {
                at(link, End.A).state = mode.toString();
                at(link, End.B).state = mode.toString();
            }
            case ONEWAY -> at(link, from).state = FailureMode.SILENT.toString();
        }
    }

    /** The link works again, both ways. */
    public void restore(Link link) {
        at(link, End.A).state = UP;
        at(link, End.B).state = UP;
    }

    /**
     * A property of one direction changes. What the forwarder would refuse must not be in the book,
     * or each new forwarder would refuse it again, and all that comes after it.
     *
     * @param property a handler of the Link element: delay, jitter, loss, rate, queue
     * @throws IllegalArgumentException with a sentence for the user
     */
    public void set(Link link, End from, String property, String value) {
        vini.forwarder.elements.overlay.Link.check(property, value);
        at(link, from).properties.put(property, value);
    }

    /**
     * The routing cost of one direction changes.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public void cost(Link link, End from, int cost) {
        if (cost < 1 || cost > Direction.COST_MAX) {
            throw new IllegalArgumentException(
                    "the cost " + cost + " is outside 1-" + Direction.COST_MAX);
        }
        at(link, from).cost = cost;
    }

    public int cost(Link link, End from) {
        return at(link, from).cost;
    }

    /** {@code up}, {@code down}, {@code silent} or {@code oneway}. */
    public String state(Link link) {
        String a = at(link, End.A).state;
        String b = at(link, End.B).state;
        return a.equals(b) ? a : FailureMode.ONEWAY.toString();
    }

    /** The state of one direction: {@code up}, {@code down} or {@code silent}. */
    public String state(Link link, End from) {
        return at(link, from).state;
    }

    /** A changed property of one direction, or what the topology said. */
    public String property(Link link, End from, String property, String otherwise) {
        return at(link, from).properties.getOrDefault(property, otherwise);
    }

    /** What to write to the forwarder for one link. */
    public List<Write> forwarderWrites(Link link) {
        List<Write> writes = new ArrayList<>();
        for (End end : End.values()) {
            EndState state = at(link, end);
            String element =
                    link.node(end).name() + "/" + NodeGraph.linkElement(link.node(end.other()));
            state.properties.forEach(
                    (property, value) -> writes.add(new Write(element + "." + property, value)));
            writes.add(new Write(element + ".state", state.state));
        }
        return writes;
    }

    /** What to write to a forwarder that has just been started: only what differs. */
    public List<Write> forwarderWrites() {
        List<Write> writes = new ArrayList<>();
        for (Map.Entry<Link, Map<End, EndState>> link : ends.entrySet()) {
            for (EndState end : link.getValue().values()) {
                if (!end.state.equals(UP) || !end.properties.isEmpty()) {
                    writes.addAll(forwarderWrites(link.getKey()));
                    break;
                }
            }
        }
        return writes;
    }

    /** What to write to the router for the costs of one link. */
    public List<Write> routerWrites(Link link) {
        List<Write> writes = new ArrayList<>();
        for (End end : End.values()) {
            writes.add(
                    new Write(
                            link.node(end).name() + ".cost",
                            link.node(end.other()).name() + " " + at(link, end).cost));
        }
        return writes;
    }

    /** What to write to a router that has just been started: only what differs. */
    public List<Write> routerWrites() {
        List<Write> writes = new ArrayList<>();
        for (Link link : ends.keySet()) {
            if (at(link, End.A).cost != link.forward().cost()
                    || at(link, End.B).cost != link.backward().cost()) {
                writes.addAll(routerWrites(link));
            }
        }
        return writes;
    }
}
