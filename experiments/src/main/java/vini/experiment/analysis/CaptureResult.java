package vini.experiment.analysis;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.experiment.run.CaptureRow;
import vini.experiment.run.CapturedPackets;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What a capture has seen.
 *
 * @param droppedBy packets that ended where it looked, by reason
 */
public record CaptureResult(CapturedPackets probe, SortedMap<String, Long> droppedBy)
        implements ProbeResult {
    public CaptureResult {
        droppedBy = Collections.unmodifiableSortedMap(new TreeMap<>(droppedBy));
    }

    /** Packets that were seen; one that was seen at several places counts at each. */
    public long packets() {
        return sum(CaptureRow::packets);
    }

    /** Those of them that are in the file. */
    public long written() {
        return sum(CaptureRow::written);
    }

    /** Packets that ended where it looked. */
    public long dropped() {
        return droppedBy.values().stream().mapToLong(Long::longValue).sum();
    }

    private long sum(ToLongFunction<CaptureRow> figure) {
        return probe.rows().stream().mapToLong(figure).sum();
    }

    @Override
    public ObjectNode figures() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("packets", packets());
        node.put("bytes", sum(CaptureRow::bytes));
        node.put("written", written());
        node.put("missed", probe.missed());
        node.put("dropped", dropped());
        ObjectNode reasons = node.putObject("dropped_by");
        droppedBy.forEach(reasons::put);
        return node;
    }
}
