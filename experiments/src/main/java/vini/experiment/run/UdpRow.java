package vini.experiment.run;

import java.util.Locale;

/**
 * One row of a UDP probe: what became of the datagrams that were sent in a slice of time. Times are
 * in milliseconds.
 *
 * @param timeS when the slice began
 * @param skipped datagrams that were due and that the sender was too busy to send
 * @param lateMs by how much those sent were late, in the mean
 * @param lateMsMax the most of them
 * @param received each counted once
 * @param reordered of those received
 * @param jitterMs the jitter of RFC 3550 in the mean; NaN if nothing was received, as below
 * @param delays how often which one-way delay was, {@code MICROSECONDS:COUNT} with spaces between
 */
public record UdpRow(
        double timeS,
        long sent,
        long skipped,
        double lateMs,
        double lateMsMax,
        long received,
        long duplicates,
        long reordered,
        double jitterMs,
        double delayMsMin,
        double delayMsMean,
        double delayMsMax,
        String delays) {
    public static final String HEADER =
            "t_s,sent,skipped,late_ms,late_ms_max,received,duplicates,reordered,jitter_ms,"
                    + "delay_ms_min,delay_ms_mean,delay_ms_max,delays_us";

    /** Datagrams that did not arrive. */
    public long lost() {
        return Math.max(0, sent - received);
    }

    /** The row of the file, without its end. */
    public String line() {
        String sender =
                String.format(
                        Locale.ROOT,
                        "%.6f,%d,%d,%.4f,%.4f,%d,%d,%d",
                        timeS,
                        sent,
                        skipped,
                        lateMs,
                        lateMsMax,
                        received,
                        duplicates,
                        reordered);
        return received == 0
                ? sender + ",,,,,"
                : sender
                        + String.format(
                                Locale.ROOT,
                                ",%.4f,%.4f,%.4f,%.4f,%s",
                                jitterMs,
                                delayMsMin,
                                delayMsMean,
                                delayMsMax,
                                delays);
    }
}
