package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.experiment.run.Network;
import vini.experiment.run.Snapshots;
import vini.net.IpAddress;
import vini.net.Prefix;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What snapshots found.
 *
 * @param changes from each snapshot to the next one
 * @param asked the pairs of nodes of which the summary has the entries: those that expectations
 *     name, since all would be too many
 */
public record SnapshotsResult(
        Snapshots probe, Network network, List<Change> changes, List<Pair> asked)
        implements ProbeResult {
    private static final String FULL = "FULL";

    public SnapshotsResult {
        changes = List.copyOf(changes);
        asked = List.copyOf(asked);
    }

    /** A node, and another one of which its table says something. */
    record Pair(String node, String other) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair pair) {
            return Comparator.comparing(Pair::node).thenComparing(Pair::other).compare(this, pair);
        }
    }

    /**
     * An entry that is another one than before.
     *
     * @param before null if there was none
     * @param after null if there is none any more
     */
    public record Entry(String node, String key, @Nullable String before, @Nullable String after) {}

    /** What changed between two snapshots; of nodes that could be asked both times. */
    public record Change(double fromS, double toS, List<Entry> entries) {
        public Change {
            entries = List.copyOf(entries);
        }

        static Change between(Snapshots.Shot before, Snapshots.Shot after) {
            List<Entry> entries = new ArrayList<>();
            before.tables()
                    .forEach(
                            (node, table) -> {
                                SortedMap<String, String> later = after.tables().get(node);
                                if (later != null) {
                                    compare(node, table, later, entries);
                                }
                            });
            return new Change(before.timeS(), after.timeS(), entries);
        }

        private static void compare(
                String node,
                SortedMap<String, String> before,
                SortedMap<String, String> after,
                List<Entry> into) {
            SortedSet<String> keys = new TreeSet<>(before.keySet());
            keys.addAll(after.keySet());
            for (String key : keys) {
                if (!Objects.equals(before.get(key), after.get(key))) {
                    into.add(new Entry(node, key, before.get(key), after.get(key)));
                }
            }
        }
    }

    @Override
    public ObjectNode figures() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode list = node.putArray("snapshots");
        for (int i = 0; i < probe.shots().size(); i++) {
            Snapshots.Shot shot = probe.shots().get(i);
            ObjectNode one = list.addObject();
            SummaryNode.number(one, "t_s", shot.timeS());
            one.put("away", shot.away().size());
            switch (probe.kind()) {
                case FIB -> one.put("routes", shot.entries());
                case NEIGHBORS -> {
                    one.put("neighbors", shot.entries());
                    one.put("full", full(shot));
                }
            }
            one.put("changed", i == 0 ? null : Integer.valueOf(changes.get(i - 1).entries.size()));
            switch (probe.kind()) {
                case FIB -> next(one, shot);
                case NEIGHBORS -> states(one, shot);
            }
        }
        return node;
    }

    /** How many entries say that a neighbour is full. */
    public static long full(Snapshots.Shot shot) {
        return shot.tables().values().stream()
                .flatMap(table -> table.values().stream())
                .filter(FULL::equals)
                .count();
    }

    private void states(ObjectNode one, Snapshots.Shot shot) {
        for (Pair pair : asked) {
            String state = shot.tables().getOrDefault(pair.node, new TreeMap<>()).get(pair.other);
            one.withObject("/state").withObject("/" + pair.node).put(pair.other, state);
        }
    }

    private void next(ObjectNode one, Snapshots.Shot shot) {
        for (Pair pair : asked) {
            ObjectNode of = one.withObject("/next").withObject("/" + pair.node);
            String next = next(shot, pair);
            if (next == null) {
                of.putNull(pair.other);
            } else {
                ArrayNode nodes = of.putArray(pair.other);
                List.of(next.split(" ", -1)).stream()
                        .filter(each -> !each.isEmpty())
                        .forEach(nodes::add);
            }
        }
    }

    /** What the FIB of a node says of packets to another one; null if it has no route. */
    private @Nullable String next(Snapshots.Shot shot, Pair pair) {
        Network.End end = network.end(pair.other);
        IpAddress address = end == null ? null : end.address();
        String best = null;
        int longest = -1;
        if (address != null) {
            for (Map.Entry<String, String> route :
                    shot.tables().getOrDefault(pair.node, new TreeMap<>()).entrySet()) {
                Prefix prefix = Prefix.parse(route.getKey());
                if (prefix.length() > longest && prefix.contains(address)) {
                    best = route.getValue();
                    longest = prefix.length();
                }
            }
        }
        return best;
    }
}
