package vini.experiment.analysis;

import vini.experiment.run.EventRow;

import java.util.ArrayList;
import java.util.List;

/** Which links had been failed by the experiment at a moment. */
public final class LinkHistory {
    private LinkHistory() {}

    /** The failed links just before a time, each as it was named when it failed. */
    public static List<List<String>> failed(List<EventRow> events, double beforeS) {
        List<List<String>> failed = new ArrayList<>();
        for (EventRow event : events) {
            if (event.plannedS() >= beforeS || event.link().size() != 2) {
                continue;
            }
            failed.removeIf(link -> link.containsAll(event.link()));
            if (event.event().equals("fail")) {
                failed.add(event.link());
            }
        }
        return List.copyOf(failed);
    }
}
