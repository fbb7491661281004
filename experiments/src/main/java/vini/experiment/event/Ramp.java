package vini.experiment.event;

import vini.net.Quantity;
import vini.overlay.world.Cause;
import vini.overlay.world.Way;
import vini.overlay.world.World;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Properties of a link that go in a straight line from what they are to what they shall be. */
final class Ramp {
    private static final String NO_LIMIT = "none";

    private final Way way;
    private final Map<String, String> goals;
    private final Cause cause;
    private final Map<String, String> starts = new LinkedHashMap<>();

    Ramp(Way way, LinkValues goals, Cause cause) {
        this.way = way;
        this.goals = goals.values();
        this.cause = cause;
    }

    /** Looks how it is now. */
    void begin(World world) throws IOException {
        for (String property : goals.keySet()) {
            starts.put(property, world.property(way, property));
        }
    }

    /** Makes the link so far as it should be. */
    void reach(World world, double share) throws IOException {
        for (Map.Entry<String, String> goal : goals.entrySet()) {
            String property = goal.getKey();
            String start = starts.getOrDefault(property, goal.getValue());
            world.set(way, property, between(property, start, goal.getValue(), share), cause);
        }
    }

    private static String between(String property, String start, String goal, double share) {
        // Nothing lies between a limit and none.
        if (share >= 1 || start.equals(NO_LIMIT)) {
            return goal;
        }
        return switch (property) {
            case "delay", "jitter" ->
                    Quantity.ofNanos(mix(Quantity.nanos(start), Quantity.nanos(goal), share));
            case "rate" ->
                    Quantity.ofBitsPerSecond(
                            mix(
                                    Quantity.bitsPerSecond(start),
                                    Quantity.bitsPerSecond(goal),
                                    share));
            case "queue" -> Long.toString(mix(Long.parseLong(start), Long.parseLong(goal), share));
            default -> {
                double from = Quantity.fraction(start);
                yield Quantity.ofFraction(from + (Quantity.fraction(goal) - from) * share);
            }
        };
    }

    private static long mix(long from, long to, double share) {
        return from + Math.round((to - from) * share);
    }
}
