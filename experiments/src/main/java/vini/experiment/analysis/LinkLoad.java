package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import vini.experiment.run.LinkRow;

import java.util.List;

/**
 * What one direction of a link carried in a time.
 *
 * @param dropped packets, for any reason
 * @param queueMax packets in its queue at most
 * @param mbpsMean bits per second in millions over all of the time
 * @param mbpsPeak between two looks, at most
 * @param peakS when that was; NaN if it carried nothing
 * @param useMean share of its rate over all of the time; null if it has none, as below
 * @param usePeak between two looks, at most
 */
public record LinkLoad(
        String from,
        String to,
        long packets,
        long bytes,
        long dropped,
        int queueMax,
        double mbpsMean,
        double mbpsPeak,
        double peakS,
        @Nullable Double useMean,
        @Nullable Double usePeak) {
    private static final double MEGA = 1e6;
    private static final double BITS = 8;

    /** {@code kscy-dnvr}: from kscy to dnvr. */
    public String name() {
        return from + "-" + to;
    }

    /** Of the rows of one direction, which are at least one, in a time of that length. */
    static LinkLoad of(List<LinkRow> rows, double lengthS) {
        long packets = 0;
        long bytes = 0;
        long dropped = 0;
        int queueMax = 0;
        double bitsPeak = 0;
        double peakS = Double.NaN;
        double capacity = 0;
        double usePeak = 0;
        boolean limited = true;
        for (LinkRow row : rows) {
            packets += row.packets();
            bytes += row.bytes();
            dropped += row.dropped();
            queueMax = Math.max(queueMax, row.queueMax());
            if (row.bitsPerSecond() > bitsPeak) {
                bitsPeak = row.bitsPerSecond();
                peakS = row.timeS();
            }
            limited &= row.rate() > 0;
            // A packet counts when its last bit has left, be most of it of the time before.
            double use = row.rate() > 0 ? Math.min(1, row.utilisation()) : 0;
            usePeak = Math.max(usePeak, use);
            capacity = row.rate() > 0 ? row.rate() : capacity;
        }
        double bits = lengthS <= 0 ? 0 : bytes * BITS / lengthS;
        return new LinkLoad(
                rows.getFirst().from(),
                rows.getFirst().to(),
                packets,
                bytes,
                dropped,
                queueMax,
                bits / MEGA,
                bitsPeak / MEGA,
                peakS,
                limited ? mean(rows, lengthS) : null,
                capacity > 0 ? usePeak : null);
    }

    /** The rate may change: each row counts by its own. */
    private static double mean(List<LinkRow> rows, double lengthS) {
        double sum = 0;
        for (LinkRow row : rows) {
            sum += row.utilisation() * row.lengthS();
        }
        return lengthS <= 0 ? 0 : sum / lengthS;
    }

    /** What a summary says of it. */
    void put(ObjectNode node) {
        node.put("packets", packets);
        node.put("bytes", bytes);
        node.put("dropped", dropped);
        node.put("queue_max", queueMax);
        SummaryNode.number(node, "mbps_mean", mbpsMean);
        SummaryNode.number(node, "mbps_peak", mbpsPeak);
        SummaryNode.number(node, "utilisation_mean", useMean);
        SummaryNode.number(node, "utilisation_peak", usePeak);
        SummaryNode.number(node, "peak_s", peakS);
    }
}
