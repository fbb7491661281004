package vini.experiment.run;

import java.util.Locale;

/**
 * One row of a snapshot of neighbours: one of a node's router.
 *
 * @param neighbor its node; empty if the router could not be asked
 * @param address of its end of the link
 * @param state as in RFC 2328 10.1: {@code FULL}
 * @param sinceS for how long it has been in that state
 * @param deadInS after which time without a hello it is given up
 * @param unacknowledged LSAs that it has not acknowledged
 */
public record NeighborStateRow(
        double timeS,
        String node,
        String neighbor,
        String address,
        String routerId,
        String state,
        double sinceS,
        double deadInS,
        int unacknowledged) {
    public static final String HEADER =
            "t_s,node,neighbor,address,router_id,state,since_s,dead_in_s,unacknowledged";

    /** In the place of the neighbours of a router that could not be asked. */
    public static NeighborStateRow away(double timeS, String node) {
        return new NeighborStateRow(timeS, node, "", "", "", "", 0, 0, 0);
    }

    /** In the place of the neighbours of a router that has none. */
    public static NeighborStateRow none(double timeS, String node) {
        return new NeighborStateRow(timeS, node, Snapshots.NOTHING, "", "", "", 0, 0, 0);
    }

    /** The row of the file, without its end. */
    public String line() {
        if (state.isEmpty()) {
            return String.format(Locale.ROOT, "%.6f,%s,%s,,,,,,", timeS, node, neighbor);
        }
        return String.format(
                Locale.ROOT,
                "%.6f,%s,%s,%s,%s,%s,%.3f,%.3f,%d",
                timeS,
                node,
                neighbor,
                address,
                routerId,
                state,
                sinceS,
                deadInS,
                unacknowledged);
    }
}
