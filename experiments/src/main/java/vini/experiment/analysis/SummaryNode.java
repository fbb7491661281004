package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Writes what summaries have in common: numbers of three digits, phases, ways. */
final class SummaryNode {
    private static final int DIGITS = 3;

    private SummaryNode() {}

    /** A number of at most three digits; null if there is none. */
    static void number(ObjectNode node, String key, @Nullable Double value) {
        if (value == null || !Double.isFinite(value)) {
            node.putNull(key);
            return;
        }
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_UP);
        if (rounded.stripTrailingZeros().scale() <= 0) {
            node.put(key, rounded.longValue());
        } else {
            node.put(key, rounded.doubleValue());
        }
    }

    /** Begins what a summary says of a phase. */
    static ObjectNode phase(ArrayNode phases, Phase phase) {
        ObjectNode one = phases.addObject();
        number(one, "from_s", phase.fromS());
        number(one, "to_s", phase.toS());
        one.put("after", phase.after());
        return one;
    }

    /** When the steady part of a phase begins. */
    static void steady(ObjectNode one, @Nullable SteadyPart steady) {
        number(one, "steady_from_s", steady == null ? null : steady.fromS());
    }

    /** The way at the end of a phase. */
    static void path(ObjectNode one, @Nullable Walk walk) {
        if (walk == null || !walk.arrives()) {
            one.putNull("path");
            one.put("path_trouble", walk == null ? "the nodes are not known" : walk.trouble());
            return;
        }
        ArrayNode path = one.putArray("path");
        walk.nodes().forEach(path::add);
    }

    /** Adds what a summary says of an outage. */
    static void outage(ArrayNode outages, Outage outage) {
        ObjectNode one = outages.addObject();
        number(one, "from_s", outage.fromS());
        number(one, "to_s", outage.toS());
        number(one, "duration_s", outage.durationS());
        one.put("lost", outage.lost());
    }
}
