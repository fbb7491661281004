package vini.forwarder.elements.ip;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Journal;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the routes of a table lead. Many routes have a way in common, so a route is no more than a
 * prefix and a number; a number is free again when nobody uses its way.
 */
final class Ways {
    /** Gateways of equal cost, none for what is directly reached, and the output. */
    record Way(List<Ipv4Address> gateways, int output) implements Journal.Wording {
        static Way of(IpRoute route) {
            return new Way(route.gateways(), route.output());
        }

        /** That a prefix leads there now. */
        @Override
        public String text(long prefix) {
            return "set " + prefixOf(prefix) + " " + IpRoute.gatewayText(gateways);
        }
    }

    /** That a prefix leads nowhere any more. */
    static final Journal.Wording REMOVED = prefix -> "remove " + prefixOf(prefix);

    private static final int[] NONE = {};

    private final Map<Way, Integer> numbers = new LinkedHashMap<>(); // never walked
    private final List<Integer> free = new ArrayList<>();
    private @Nullable Way[] ways = new @Nullable Way[4];
    private int[] uses = new int[4];
    private int[] outputs = new int[4];
    private int[][] gateways = new int[4][];
    private int next = 1;

    /** A prefix as a number for the journal. */
    static long journalled(int bits, int length) {
        return (long) bits << 32 | length;
    }

    private static Prefix prefixOf(long journalled) {
        return new Prefix(new Ipv4Address((int) (journalled >>> 32)), (int) journalled);
    }

    /** The number of a way, which is used once more; or 0 if there are too many. */
    int take(Way way) {
        Integer known = numbers.get(way);
        if (known != null) {
            uses[known]++;
            return known;
        }
        if (free.isEmpty() && next > PrefixTable.WAYS_MAX) {
            return 0;
        }
        int number = free.isEmpty() ? next++ : free.removeLast();
        if (number == uses.length) {
            ways = Arrays.copyOf(ways, 2 * number);
            uses = Arrays.copyOf(uses, 2 * number);
            outputs = Arrays.copyOf(outputs, 2 * number);
            gateways = Arrays.copyOf(gateways, 2 * number);
        }
        numbers.put(way, number);
        ways[number] = way;
        uses[number] = 1;
        outputs[number] = way.output();
        gateways[number] =
                way.gateways().isEmpty()
                        ? NONE
                        : way.gateways().stream().mapToInt(Ipv4Address::bits).toArray();
        return number;
    }

    /** Uses a way once more that is in use. */
    void takeAgain(int number) {
        uses[number]++;
    }

    /** Uses a way once less; true if its number is free now. */
    boolean give(int number) {
        if (--uses[number] > 0) {
            return false;
        }
        numbers.remove(way(number));
        ways[number] = null;
        free.add(number);
        return true;
    }

    @SuppressWarnings("NullAway") // asked only of ways in use
    Way way(int number) {
        return ways[number];
    }

    int output(int number) {
        return outputs[number];
    }

    /** Its gateways as bits; not to be written. */
    int[] gateways(int number) {
        return gateways[number];
    }

    /** The highest output that is in use. */
    int outputMax() {
        int max = 0;
        for (int number = 1; number < next; number++) {
            max = ways[number] == null ? max : Math.max(max, outputs[number]);
        }
        return max;
    }
}
