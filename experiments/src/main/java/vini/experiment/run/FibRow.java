package vini.experiment.run;

import java.util.List;
import java.util.Locale;

/**
 * One row of a snapshot of FIBs: a route of a node.
 *
 * @param prefix of its destinations; empty if the node could not be asked
 * @param next the neighbours that packets go to, more than one with equal-cost paths; empty for
 *     what does not leave by a neighbour: the node's own address, what its egress takes
 */
public record FibRow(double timeS, String node, String prefix, List<String> next) {
    public static final String HEADER = "t_s,node,prefix,next";

    public FibRow {
        next = List.copyOf(next);
    }

    /** In the place of the routes of a node that could not be asked. */
    public static FibRow away(double timeS, String node) {
        return new FibRow(timeS, node, "", List.of());
    }

    /** The row of the file, without its end. */
    public String line() {
        return String.format(
                Locale.ROOT, "%.6f,%s,%s,%s", timeS, node, prefix, String.join(" ", next));
    }
}
