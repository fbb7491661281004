package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import vini.experiment.run.LinkRow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What links carried in a time.
 *
 * @param loads of the directions that did something, the busiest first: by the share of their rate,
 *     then by bytes
 */
public record LinkTime(List<LinkLoad> loads) {
    public LinkTime {
        loads = List.copyOf(loads);
    }

    static LinkTime of(List<LinkRow> rows, double fromS, double toS) {
        Map<String, List<LinkRow>> byDirection = new LinkedHashMap<>();
        for (LinkRow row : rows) {
            double middle = row.timeS() + row.lengthS() / 2;
            if (middle >= fromS && middle < toS) {
                byDirection
                        .computeIfAbsent(row.from() + " " + row.to(), name -> new ArrayList<>())
                        .add(row);
            }
        }
        List<LinkLoad> loads = new ArrayList<>();
        byDirection.values().forEach(each -> loads.add(LinkLoad.of(each, toS - fromS)));
        loads.sort(
                Comparator.comparingDouble(LinkTime::use)
                        .thenComparingDouble(LinkLoad::bytes)
                        .reversed()
                        .thenComparing(LinkLoad::name));
        return new LinkTime(loads);
    }

    private static double use(LinkLoad load) {
        Double mean = load.useMean();
        return mean == null ? 0 : mean;
    }

    /** The busiest; null if none did anything. */
    public @Nullable LinkLoad busiest() {
        return loads.isEmpty() ? null : loads.getFirst();
    }

    /** Packets that all of them dropped. */
    public long dropped() {
        return loads.stream().mapToLong(LinkLoad::dropped).sum();
    }

    /** The longest queue of all. */
    public int queueMax() {
        return loads.stream().mapToInt(LinkLoad::queueMax).max().orElse(0);
    }

    /** What a summary says of it. */
    void put(ObjectNode node) {
        LinkLoad busiest = busiest();
        node.put("busiest", busiest == null ? null : busiest.name());
        Double peak = null;
        double mbps = 0;
        for (LinkLoad load : loads) {
            Double use = load.usePeak();
            peak = use == null ? peak : peak == null ? use : Double.valueOf(Math.max(peak, use));
            mbps = Math.max(mbps, load.mbpsPeak());
        }
        SummaryNode.number(node, "utilisation_peak", peak);
        SummaryNode.number(node, "mbps_peak", mbps);
        node.put("queue_max", queueMax());
        node.put("dropped", dropped());
        ObjectNode links = node.putObject("links");
        loads.forEach(load -> load.put(links.putObject(load.name())));
    }
}
