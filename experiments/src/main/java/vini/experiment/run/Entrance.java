package vini.experiment.run;

import java.util.List;

/**
 * Where a host's packets enter the network: at a node, or, for a user whose ingress is backed by
 * others, at the first of several that has not failed.
 */
public record Entrance(List<String> nodes) {
    /**
     * @param nodes at least one
     */
    public Entrance {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("an entrance without a node");
        }
    }

    /** The one that is the entrance as long as all is well. */
    public String home() {
        return nodes.getFirst();
    }

    /**
     * The one that is the entrance just before a time; if all have failed, {@link #home}.
     *
     * @param events of the run, in order of time
     */
    public String at(List<EventRow> events, double beforeS) {
        return nodes.stream()
                .filter(node -> !hasFailed(node, events, beforeS))
                .findFirst()
                .orElse(home());
    }

    private static boolean hasFailed(String node, List<EventRow> events, double beforeS) {
        boolean failed = false;
        for (EventRow event : events) {
            Double effective = event.effectiveS();
            if (node.equals(event.node()) && effective != null && effective < beforeS) {
                failed =
                        switch (event.event()) {
                            case "fail", "crash" -> true;
                            case "restore", "start", "restart" -> false;
                            default -> failed;
                        };
            }
        }
        return failed;
    }
}
