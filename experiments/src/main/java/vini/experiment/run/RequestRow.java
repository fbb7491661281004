package vini.experiment.run;

import java.util.Locale;

/**
 * One row of a request probe.
 *
 * @param endS when the response was there, or the request was given up
 * @param timeMs between the two, in milliseconds
 * @param connectMs of it for making the connection; 0 if there was one
 * @param failure why there is no response; empty if there is one
 */
public record RequestRow(
        long seq, double sentS, double endS, double timeMs, double connectMs, String failure) {
    public static final String HEADER = "seq,sent_s,end_s,time_ms,connect_ms,failure";

    public boolean answered() {
        return failure.isEmpty();
    }

    /** The row of the file, without its end. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%d,%.6f,%.6f,%.4f,%.4f,%s",
                seq,
                sentS,
                endS,
                timeMs,
                connectMs,
                failure.replace(',', ';').replace('\n', ' '));
    }
}
