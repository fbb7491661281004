package vini.experiment.analysis;

import vini.experiment.run.RouteRow;
import vini.net.IpAddress;
import vini.net.Prefix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleFunction;

/** The FIBs of all nodes at any moment of a run, as {@code routes.jsonl} recorded them. */
public final class FibHistory {
    private final List<RouteRow> rows;
    private final WayPicker picker;

    /**
     * Takes the rows of a run.
     *
     * @param rows in order of time
     */
    public FibHistory(List<RouteRow> rows, WayPicker picker) {
        this.rows = List.copyOf(rows);
        this.picker = picker;
    }

    /** A way that packets take from a time on. */
    public record TimedWalk(double fromS, Walk walk) {}

    /** The way of a flow through the FIBs as they were just before a time. */
    public Walk walk(String from, String to, Flow flow, double beforeS) {
        Map<String, SortedMap<Prefix, List<String>>> fibs = new TreeMap<>();
        for (RouteRow row : rows) {
            if (row.timeS() >= beforeS) {
                break;
            }
            apply(row, fibs);
        }
        return walk(fibs, from, to, flow);
    }

    /**
     * All ways that a flow ever had, each from the change that made it.
     *
     * @param from the node by which it enters, at a time in seconds
     * @param to the node by which it leaves, likewise
     */
    public List<TimedWalk> walks(
            DoubleFunction<String> from, DoubleFunction<String> to, Flow flow) {
        Map<String, SortedMap<Prefix, List<String>>> fibs = new TreeMap<>();
        List<TimedWalk> walks = new ArrayList<>();
        for (RouteRow row : rows) {
            apply(row, fibs);
            if (row.prefix().contains(flow.destination())) {
                Walk walk = walk(fibs, from.apply(row.timeS()), to.apply(row.timeS()), flow);
                if (walks.isEmpty() || !walks.getLast().walk().equals(walk)) {
                    walks.add(new TimedWalk(row.timeS(), walk));
                }
            }
        }
        return List.copyOf(walks);
    }

    private Walk walk(
            Map<String, SortedMap<Prefix, List<String>>> fibs, String from, String to, Flow flow) {
        List<String> nodes = new ArrayList<>(List.of(from));
        for (String node = from; !node.equals(to); node = nodes.getLast()) {
            List<String> next =
                    lookup(fibs.getOrDefault(node, new TreeMap<>()), flow.destination());
            if (next.isEmpty()) {
                return new Walk(nodes, "no route at " + node);
            }
            int way = next.size() == 1 ? 0 : picker.pick(node, flow, next.size());
            String onwards = next.get(way);
            if (nodes.contains(onwards)) {
                nodes.add(onwards);
                return new Walk(nodes, "loops at " + onwards);
            }
            nodes.add(onwards);
        }
        return new Walk(nodes, null);
    }

    private static void apply(RouteRow row, Map<String, SortedMap<Prefix, List<String>>> fibs) {
        SortedMap<Prefix, List<String>> fib =
                fibs.computeIfAbsent(row.node(), node -> new TreeMap<>());
        if (row.set()) {
            fib.put(row.prefix(), row.next());
        } else {
            fib.remove(row.prefix());
        }
    }

    /** Longest prefix match. The order of prefixes puts a longer one after what contains it. */
    private static List<String> lookup(SortedMap<Prefix, List<String>> fib, IpAddress destination) {
        List<String> best = List.of();
        for (Map.Entry<Prefix, List<String>> entry : fib.entrySet()) {
            if (entry.getKey().contains(destination)) {
                best = entry.getValue();
            }
        }
        return best;
    }
}
