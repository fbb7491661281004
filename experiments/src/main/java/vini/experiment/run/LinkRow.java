package vini.experiment.run;

import java.util.Locale;

/**
 * One row of a links probe: what one direction of a link did between two looks at it. A direction
 * that did nothing has no row.
 *
 * @param timeS of the first look
 * @param lengthS to the second
 * @param packets that left its queue
 * @param bytes of them, as IP has them
 * @param dropped packets, for any reason
 * @param queue packets in the queue at the second look
 * @param queueMax packets in it at most
 * @param rate bits per second that it can carry; 0 for no limit
 */
public record LinkRow(
        double timeS,
        double lengthS,
        String from,
        String to,
        long packets,
        long bytes,
        long dropped,
        int queue,
        int queueMax,
        long rate) {
    public static final String HEADER =
            "t_s,length_s,from,to,packets,bytes,dropped,queue,queue_max,rate_bps";

    private static final double BITS = 8;

    /** Bits per second that it carried. */
    public double bitsPerSecond() {
        return lengthS <= 0 ? 0 : bytes * BITS / lengthS;
    }

    /** That as a share of what it can carry; NaN without a limit. */
    public double utilisation() {
        return rate == 0 ? Double.NaN : bitsPerSecond() / rate;
    }

    /** The row of the file, without its end. */
    public String line() {
        return String.format(Locale.ROOT, "%.6f,%.6f,%s,%s,", timeS, lengthS, from, to)
                + packets
                + ','
                + bytes
                + ','
                + dropped
                + ','
                + queue
                + ','
                + queueMax
                + ','
                + (rate == 0 ? "" : rate);
    }
}
