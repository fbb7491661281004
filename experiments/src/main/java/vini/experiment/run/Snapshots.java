package vini.experiment.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What stood in a table of some nodes at some moments.
 *
 * @param shots in order of time
 */
public record Snapshots(String name, Kind kind, List<Shot> shots) implements Probe {
    /** In the place of the first entry of a table without entries. */
    public static final String NOTHING = "-";

    public Snapshots {
        shots = List.copyOf(shots);
    }

    /** Which table it is. */
    public enum Kind {
        /** By prefix the neighbours that packets go to, with spaces between. */
        FIB,
        /** By neighbour its state. */
        NEIGHBORS
    }

    /**
     * One moment.
     *
     * @param tables the entries of each node that could be asked
     * @param away nodes that could not
     */
    public record Shot(
            double timeS, SortedMap<String, SortedMap<String, String>> tables, List<String> away) {
        public Shot {
            tables = Collections.unmodifiableSortedMap(tables);
            away = List.copyOf(away);
        }

        /** How many entries all tables have together. */
        public long entries() {
            return tables.values().stream().mapToLong(Map::size).sum();
        }
    }

    @Override
    public double lastS() {
        return shots.isEmpty() ? 0 : shots.getLast().timeS();
    }

    /**
     * An entry of a file.
     *
     * @param key empty if the node could not be asked, {@link #NOTHING} if it has no entries
     */
    record Entry(double timeS, String node, String key, String value) {}

    /** Those of a file, whose rows of one moment stand together. */
    static Snapshots of(String name, Kind kind, List<Entry> entries) {
        List<Shot> shots = new ArrayList<>();
        for (int from = 0; from < entries.size(); ) {
            double time = entries.get(from).timeS();
            SortedMap<String, SortedMap<String, String>> tables = new TreeMap<>();
            List<String> away = new ArrayList<>();
            int to = from;
            for (; to < entries.size() && entries.get(to).timeS() == time; to++) {
                Entry entry = entries.get(to);
                if (entry.key().isEmpty()) {
                    away.add(entry.node());
                } else {
                    SortedMap<String, String> table =
                            tables.computeIfAbsent(entry.node(), node -> new TreeMap<>());
                    if (!entry.key().equals(NOTHING)) {
                        table.put(entry.key(), entry.value());
                    }
                }
            }
            shots.add(new Shot(time, tables, away));
            from = to;
        }
        return new Snapshots(name, kind, shots);
    }
}
