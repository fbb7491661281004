package vini.experiment.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One row of {@code books.csv}: what had become of all packets of the slice at a time, counted from
 * the start of its processes.
 *
 * @param inFlight held by some graph, or on the way between two machines or processes
 * @param dropped packets by reason
 */
public record BooksRow(
        double timeS, long sent, long delivered, long inFlight, SortedMap<String, Long> dropped) {
    /** The columns before those of the reasons. */
    private static final List<String> COLUMNS = List.of("t_s", "sent", "delivered", "in_flight");

    /** The reason for packets with a TTL that ended. */
    public static final String TTL_EXPIRED = "ttlExpired";

    public BooksRow {
        dropped = Collections.unmodifiableSortedMap(new TreeMap<>(dropped));
    }

    /** Packets that were dropped for a reason. */
    public long dropped(String reason) {
        return dropped.getOrDefault(reason, 0L);
    }

    /** Packets that the books cannot account for; 0 when they balance, negative for too many. */
    public long missing() {
        return sent
                - delivered
                - inFlight
                - dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The lines of the file: a head with the reasons that there are, then the rows. */
    public static List<String> lines(List<BooksRow> rows) {
        TreeSet<String> reasons = new TreeSet<>();
        rows.forEach(row -> reasons.addAll(row.dropped.keySet()));
        List<String> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(COLUMNS);
        head.addAll(reasons);
        lines.add(String.join(",", head));
        rows.forEach(row -> lines.add(row.line(reasons)));
        return lines;
    }

    /**
     * Its line in a file whose head has these reasons.
     *
     * @param reasons in the order of the columns
     */
    public String line(Collection<String> reasons) {
        StringJoiner line = new StringJoiner(",");
        line.add(String.format(Locale.ROOT, "%.6f", timeS));
        line.add(Long.toString(sent)).add(Long.toString(delivered)).add(Long.toString(inFlight));
        reasons.forEach(reason -> line.add(Long.toString(dropped(reason))));
        return line.toString();
    }

    /**
     * Reads a row.
     *
     * @param head the names of the columns
     * @throws IllegalArgumentException with a sentence when it is none
     */
    static BooksRow of(String[] head, String[] cells) {
        if (head.length < COLUMNS.size() || cells.length != head.length) {
            throw new IllegalArgumentException(cells.length + " columns, not " + head.length);
        }
        SortedMap<String, Long> dropped = new TreeMap<>();
        for (int i = COLUMNS.size(); i < cells.length; i++) {
            dropped.put(head[i].strip(), Long.parseLong(cells[i].strip()));
        }
        double time = Double.parseDouble(cells[0].strip());
        if (!Double.isFinite(time)) {
            throw new NumberFormatException(cells[0].strip());
        }
        return new BooksRow(
                time,
                Long.parseLong(cells[1].strip()),
                Long.parseLong(cells[2].strip()),
                Long.parseLong(cells[3].strip()),
                dropped);
    }
}
