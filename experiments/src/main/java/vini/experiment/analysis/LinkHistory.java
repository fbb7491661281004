package vini.experiment.analysis;

import vini.experiment.run.EventRow;
import vini.experiment.run.Network;
import vini.experiment.run.Turn;

import java.util.ArrayList;
import java.util.List;

/** Which links had been failed by the experiment at a moment. */
public final class LinkHistory {
    private static final String UNDERLAY = "underlay";

    private LinkHistory() {}

    /**
     * The failed links just before a time, each as it was named when it failed; those of a node
     * that has failed, crashed or stands still as the network names them.
     */
    public static List<List<String>> failed(
            Network network, List<EventRow> events, double beforeS) {
        List<List<String>> failed = new ArrayList<>();
        for (EventRow event : events) {
            if (event.plannedS() >= beforeS) {
                continue;
            }
            for (List<String> link : about(network, event)) {
                if (fails(event) || works(event)) {
                    failed.removeIf(other -> other.containsAll(link));
                }
                if (fails(event)) {
                    failed.add(link);
                }
            }
        }
        return List.copyOf(failed);
    }

    private static boolean fails(EventRow event) {
        return List.of("fail", "crash", "freeze").contains(event.event())
                || event.event().equals(UNDERLAY) && event.turn() == Turn.WORSE;
    }

    private static boolean works(EventRow event) {
        return List.of("restore", "start", "restart", "thaw").contains(event.event())
                || event.event().equals(UNDERLAY) && event.turn() == Turn.BETTER;
    }

    private static List<List<String>> about(Network network, EventRow event) {
        String node = event.node();
        if (node == null) {
            return event.links().stream().filter(link -> link.size() == 2).toList();
        }
        return network.links().stream()
                .filter(link -> link.a().equals(node) || link.b().equals(node))
                .map(link -> List.of(link.a(), link.b()))
                .toList();
    }
}
