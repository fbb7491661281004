package vini.experiment.run;

import java.util.Locale;

/**
 * One row of a ping probe: an echo that was sent and, perhaps, its answer.
 *
 * @param receivedS when the answer came; NaN when none did
 * @param rttMs round-trip time in milliseconds; NaN when there was no answer
 * @param ttl of the answer; 0 when there was none
 */
public record EchoRow(int seq, double sentS, double receivedS, double rttMs, int ttl) {
    public static final String HEADER = "seq,sent_s,received_s,rtt_ms,ttl";

    public static EchoRow lost(int seq, double sentS) {
        return new EchoRow(seq, sentS, Double.NaN, Double.NaN, 0);
    }

    public boolean answered() {
        return !Double.isNaN(rttMs);
    }

    /** The row of the file, without its end. */
    public String line() {
        return answered()
                ? String.format(
                        Locale.ROOT, "%d,%.6f,%.6f,%.4f,%d", seq, sentS, receivedS, rttMs, ttl)
                : String.format(Locale.ROOT, "%d,%.6f,,,", seq, sentS);
    }
}
