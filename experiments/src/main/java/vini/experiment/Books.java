package vini.experiment;

import vini.experiment.run.PacketBooks;

import java.util.SortedMap;
import java.util.TreeMap;

/** Adds up the books that the forwarder's graphs keep, see {@link vini.forwarder.Ledger#text}. */
public final class Books {
    private Books() {}

    /**
     * Reads the rows {@code NODE sent|delivered|tunnelled|untunnelled N}, {@code NODE drop ELEMENT
     * REASON N} and {@code - in_use N}. What is between two processes counts as lost there.
     */
    public static PacketBooks of(String text) {
        return of(text, Long.MAX_VALUE);
    }

    /**
     * Likewise.
     *
     * @param mostLost so many packets of those between two processes may be lost; the others are on
     *     their way
     */
    static PacketBooks of(String text, long mostLost) {
        long sent = 0;
        long delivered = 0;
        long inUse = 0;
        long between = 0;
        SortedMap<String, Long> dropped = new TreeMap<>();
        SortedMap<String, SortedMap<String, Long>> byNode = new TreeMap<>();
        SortedMap<String, SortedMap<String, Long>> byPlace = new TreeMap<>();
        for (String line : text.split("\n", -1)) {
            String[] word = line.split(" ", -1);
            if (word.length < 3) {
                continue;
            }
            long count = Long.parseLong(word[word.length - 1]);
            switch (word[1]) {
                case "sent" -> sent += count;
                case "delivered" -> delivered += count;
                case "tunnelled" -> between += count;
                case "untunnelled" -> between -= count;
                case "in_use" -> inUse = count;
                default -> {
                    dropped.merge(word[3], count, Long::sum);
                    byPlace.computeIfAbsent(word[0] + "/" + word[2], place -> new TreeMap<>())
                            .merge(word[3], count, Long::sum);
                    byNode.computeIfAbsent(word[0], node -> new TreeMap<>())
                            .merge(word[3], count, Long::sum);
                }
            }
        }
        long lost = Math.clamp(between, 0, mostLost);
        if (lost > 0) {
            dropped.merge(PacketBooks.TUNNEL_LOST, lost, Long::sum);
        }
        long inFlight = inUse + Math.max(0, between) - lost;
        return new PacketBooks(sent, delivered, inFlight, dropped, byNode, byPlace);
    }
}
