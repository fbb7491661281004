package vini.experiment.run;

import vini.net.Prefix;

import java.util.List;

/**
 * One line of {@code routes.jsonl}: a change of a node's FIB.
 *
 * @param next the neighbours that packets go to, more than one with equal-cost paths; empty when
 *     the route was removed
 */
public record RouteRow(double timeS, String node, boolean set, Prefix prefix, List<String> next) {
    public RouteRow {
        next = List.copyOf(next);
    }

    /** The line of the file, without its end. */
    public String line() {
        return new JsonLine()
                .seconds("t_s", timeS)
                .text("node", node)
                .text("op", set ? "set" : "remove")
                .text("prefix", prefix.toString())
                .texts("next", next)
                .end();
    }
}
