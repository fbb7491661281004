package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import vini.experiment.run.TraceRow;

import java.util.List;

/**
 * Rounds of a trace, one after the other, that found the same.
 *
 * @param fromS when the first of them was sent
 * @param toS when the first after them was sent; the run's end if there is none
 * @param reached whether the destination answered
 * @param path as {@link TraceRow#path}
 * @param fib the way that the FIBs had for it, if that is another one; null if it is the same
 */
public record TracedStretch(
        double fromS,
        double toS,
        int rounds,
        boolean reached,
        List<String> path,
        @Nullable Walk fib) {
    public TracedStretch {
        path = List.copyOf(path);
    }

    TracedStretch longer() {
        return new TracedStretch(fromS, toS, rounds + 1, reached, path, fib);
    }

    TracedStretch until(double timeS) {
        return new TracedStretch(fromS, timeS, rounds, reached, path, fib);
    }

    boolean isOf(TraceRow row, @Nullable Walk other) {
        return reached == row.reached()
                && path.equals(row.path())
                && (fib == null ? other == null : fib.equals(other));
    }

    /** Adds what a summary says of it. */
    void put(ArrayNode list) {
        ObjectNode one = list.addObject();
        SummaryNode.number(one, "from_s", fromS);
        SummaryNode.number(one, "to_s", toS);
        one.put("rounds", rounds);
        one.put("reached", reached);
        ArrayNode nodes = one.putArray("path");
        path.forEach(nodes::add);
        if (fib != null) {
            ArrayNode way = one.putArray("fib");
            fib.nodes().forEach(way::add);
        }
    }
}
