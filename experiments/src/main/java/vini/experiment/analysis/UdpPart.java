package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import vini.experiment.run.UdpFlow;
import vini.experiment.run.UdpRow;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the datagrams of some slices of time.
 *
 * @param sent datagrams
 * @param skipped those that were due and that the sender was too busy to send
 * @param received each counted once
 * @param lost those sent that did not arrive
 * @param duplicates further arrivals
 * @param reordered of those received, RFC 4737
 * @param mbps received bits per second in millions, headers from IP on included
 * @param jitterMs of RFC 3550, in the mean; null if nothing was received
 * @param delayMs one way; null if nothing was received
 */
public record UdpPart(
        long sent,
        long skipped,
        long received,
        long lost,
        long duplicates,
        long reordered,
        double mbps,
        @Nullable Double jitterMs,
        @Nullable Quantiles delayMs) {
    /** Files have microseconds: a slice that begins with a phase belongs to it. */
    private static final double NEAR_S = 1e-6;

    private static final double MICROS = 1e3;
    private static final double PERCENT = 100;

    /** Of the slices that begin in a time. */
    static UdpPart of(UdpFlow flow, double fromS, double toS) {
        long sent = 0;
        long skipped = 0;
        long received = 0;
        long lost = 0;
        long duplicates = 0;
        long reordered = 0;
        double jitter = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = 0;
        SortedMap<Double, Long> delays = new TreeMap<>();
        for (UdpRow row : flow.rows()) {
            if (row.timeS() < fromS - NEAR_S || row.timeS() >= toS - NEAR_S) {
                continue;
            }
            sent += row.sent();
            skipped += row.skipped();
            received += row.received();
            lost += row.lost();
            duplicates += row.duplicates();
            reordered += row.reordered();
            if (row.received() > 0) {
                jitter += row.jitterMs() * row.received();
                min = Math.min(min, row.delayMsMin());
                max = Math.max(max, row.delayMsMax());
                add(row.delays(), delays);
            }
        }
        return new UdpPart(
                sent,
                skipped,
                received,
                lost,
                duplicates,
                reordered,
                flow.mbps(received, fromS, toS),
                received == 0 ? null : jitter / received,
                Quantiles.of(delays, min, max));
    }

    /** Adds {@code MICROSECONDS:COUNT ...}; what is something else is left out. */
    private static void add(String text, SortedMap<Double, Long> delays) {
        for (String word : text.split(" ", -1)) {
            if (word.matches("[0-9]{1,15}:[0-9]{1,15}")) {
                int colon = word.indexOf(':');
                delays.merge(
                        Long.parseLong(word.substring(0, colon)) / MICROS,
                        Long.parseLong(word.substring(colon + 1)),
                        Long::sum);
            }
        }
    }

    /** Lost ones of those sent, in percent; null if none was sent. */
    public @Nullable Double lossPercent() {
        return sent == 0 ? null : PERCENT * lost / sent;
    }

    /** Writes the counts. */
    void counts(ObjectNode node) {
        node.put("sent", sent);
        node.put("skipped", skipped);
        node.put("received", received);
        node.put("lost", lost);
        SummaryNode.number(node, "loss_percent", lossPercent());
        node.put("duplicates", duplicates);
        node.put("reordered", reordered);
    }

    /** Writes rate, jitter and delay; null where there is no steady part. */
    static void levels(ObjectNode node, @Nullable UdpPart steady) {
        SummaryNode.number(node, "mbps", steady == null ? null : steady.mbps);
        SummaryNode.number(node, "jitter_ms", steady == null ? null : steady.jitterMs);
        Quantiles.put(node, "delay_ms", steady == null ? null : steady.delayMs);
    }
}
