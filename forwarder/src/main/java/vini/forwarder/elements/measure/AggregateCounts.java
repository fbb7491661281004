package vini.forwarder.elements.measure;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** How much has been counted for each aggregate: up to {@link #AGGREGATES_MAX} of them. */
final class AggregateCounts {
    /** More aggregates are not counted; it takes about 100 MB. */
    static final int AGGREGATES_MAX = 1 << 20;

    /** A count that can be changed in its place. */
    private static final class Count {
        long value;
    }

    /** In the order of their unsigned numbers. */
    private final Map<Long, Count> counts = new TreeMap<>();

    int size() {
        return counts.size();
    }

    void clear() {
        counts.clear();
    }

    /** Adds to the count of an aggregate; a new one only if it {@code mayBeNew}. */
    boolean add(long aggregate, long amount, boolean mayBeNew) {
        Count count = counts.get(aggregate);
        if (count == null) {
            if (!mayBeNew || counts.size() >= AGGREGATES_MAX) {
                return false;
            }
            count = new Count();
            counts.put(aggregate, count);
        }
        count.value += amount;
        return true;
    }

    /** Takes over all counts of another. */
    void addAll(AggregateCounts other) {
        other.counts.forEach((aggregate, count) -> add(aggregate, count.value, true));
    }

    /** How often each count occurs: the counts as aggregates. */
    AggregateCounts distribution() {
        AggregateCounts result = new AggregateCounts();
        counts.values().forEach(count -> result.add(count.value & 0xffffffffL, 1, true));
        return result;
    }

    /** A line each: the aggregate, as a number or as an IP address, and the count. */
    String text(boolean asAddresses) {
        StringBuilder lines = new StringBuilder();
        counts.forEach(
                (aggregate, count) -> {
                    lines.append(asAddresses ? address(aggregate) : aggregate.toString());
                    lines.append(' ').append(count.value).append('\n');
                });
        return lines.toString();
    }

    private static String address(long aggregate) {
        return (aggregate >> 24)
                + "."
                + (aggregate >> 16 & 255)
                + "."
                + (aggregate >> 8 & 255)
                + "."
                + (aggregate & 255);
    }

    /** Eight bytes each, little-endian: the aggregate and the count's lower half. */
    byte[] packed() {
        ByteBuffer records = ByteBuffer.allocate(8 * counts.size()).order(ByteOrder.LITTLE_ENDIAN);
        counts.forEach(
                (aggregate, count) ->
                        records.putInt((int) (long) aggregate).putInt((int) count.value));
        return records.array();
    }
}
