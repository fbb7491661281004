package vini.experiment.run;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code packets.json}: what became of all packets of the slice.
 *
 * @param dropped packets by reason
 * @param byNode packets by node and reason
 * @param byPlace packets by the element that stopped them, {@code NODE/ELEMENT}, and reason
 */
public record PacketBooks(
        long sent,
        long delivered,
        long inFlight,
        SortedMap<String, Long> dropped,
        SortedMap<String, SortedMap<String, Long>> byNode,
        SortedMap<String, SortedMap<String, Long>> byPlace) {
    /** The reason of packets that one process sent and no other has got. */
    public static final String TUNNEL_LOST = "tunnelLost";

    public PacketBooks {
        dropped = Collections.unmodifiableSortedMap(new TreeMap<>(dropped));
        byPlace = Collections.unmodifiableSortedMap(new TreeMap<>(byPlace));
        byNode = Collections.unmodifiableSortedMap(new TreeMap<>(byNode));
    }

    public long droppedInAll() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Packets that the books cannot account for; 0 when they balance, negative for too many. */
    public long missing() {
        return sent - delivered - inFlight - droppedInAll();
    }
}
