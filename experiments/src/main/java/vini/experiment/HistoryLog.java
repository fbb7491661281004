package vini.experiment;

import vini.experiment.run.NeighborRow;
import vini.experiment.run.RouteRow;
import vini.net.Prefix;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.Topology;
import vini.overlay.world.World;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What happened in the network: changes of FIBs and of routers' neighbours, with nodes' names. */
final class HistoryLog implements World.Listener {
    private static final Pattern NEIGHBOR =
            Pattern.compile("neighbor (\\S+) (\\S+) -> (\\S+) \\((\\S+)\\)");

    private final long startNanos;
    private final RecordedRoutes recorded;
    private Consumer<String> listener = node -> {};
    private final Map<String, String> nodeByAddress;
    private final List<RouteRow> routes = new ArrayList<>();

    /** The routes that there are now, as NODE PREFIX. */
    private final Set<String> held = new TreeSet<>();

    private final List<NeighborRow> neighbors = new ArrayList<>();

    HistoryLog(Topology topology, long startNanos, RecordedRoutes recorded) {
        this.startNanos = startNanos;
        this.recorded = recorded;
        this.nodeByAddress = AddressPlan.of(topology).nodesByAddress();
    }

    /** Who hears of nodes whose graphs are gone, with their routes and what they hosted. */
    void onGone(Consumer<String> newListener) {
        listener = newListener;
    }

    @Override
    public void happened(long nanos, String place, String text) {
        double at = (nanos - startNanos) / 1e9;
        if (text.equals("down")) {
            cleared(nanos, place + " ");
            listener.accept(place);
            return;
        }
        if (place.endsWith("/fib")) {
            route(at, place.substring(0, place.length() - 4), text.split(" ", -1));
            return;
        }
        Matcher neighbor = NEIGHBOR.matcher(text);
        if (neighbor.matches()) {
            neighbors.add(
                    new NeighborRow(
                            at,
                            place,
                            name(neighbor.group(1)),
                            neighbor.group(2),
                            neighbor.group(3),
                            neighbor.group(4)));
        }
    }

    /**
     * {@code set PREFIX GATEWAY[|GATEWAY...] OUT} or {@code remove PREFIX}. Routes without a
     * gateway are the graph's own and left out; one that takes the place of another ends it.
     */
    private void route(double at, String node, String[] word) {
        Prefix prefix = Prefix.parse(word[1]);
        if (!recorded.have(prefix)) {
            return;
        }
        if (word[0].equals("remove") || word[2].equals("-")) {
            if (held.remove(node + " " + prefix)) {
                routes.add(new RouteRow(at, node, false, prefix, List.of()));
            }
        } else {
            held.add(node + " " + prefix);
            List<String> next = new ArrayList<>();
            for (String gateway : word[2].split("\\|", -1)) {
                next.add(name(gateway));
            }
            routes.add(new RouteRow(at, node, true, prefix, next));
        }
    }

    /** All FIBs are empty: the forwarder has died. */
    void cleared(long nanos) {
        cleared(nanos, "");
    }

    /** The routes in the list that begin so are gone. */
    private void cleared(long nanos, String beginning) {
        double at = (nanos - startNanos) / 1e9;
        List<String> gone = held.stream().filter(route -> route.startsWith(beginning)).toList();
        for (String route : gone) {
            String[] word = route.split(" ", -1);
            Prefix prefix = Prefix.parse(word[1]);
            routes.add(new RouteRow(at, word[0], false, prefix, List.of()));
        }
        gone.forEach(held::remove);
    }

    private String name(String address) {
        return nodeByAddress.getOrDefault(address, address);
    }

    /** Which routes these are, if not all. */
    RecordedRoutes recorded() {
        return recorded;
    }

    List<RouteRow> routes() {
        return routes;
    }

    List<NeighborRow> neighbors() {
        return neighbors;
    }
}
