package vini.experiment.run;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * One row of a trace: where the packets of one round ended.
 *
 * @param timeS when they were sent
 * @param reached whether the destination answered
 * @param path the sender and, by growing TTL, who answered; {@link #NOBODY} where nobody did
 * @param roundTripsMs of each but the sender; NaN where nobody answered
 */
public record TraceRow(
        double timeS, boolean reached, List<String> path, List<Double> roundTripsMs) {
    public static final String HEADER = "t_s,reached,path,rtt_ms";

    /** In the place of who did not answer. */
    public static final String NOBODY = "*";

    public TraceRow {
        path = List.copyOf(path);
        roundTripsMs = List.copyOf(roundTripsMs);
    }

    /** How many answers told that a TTL had ended; what was not answered may have ended, too. */
    long expired() {
        long answers = path.stream().skip(1).filter(node -> !node.equals(NOBODY)).count();
        return reached ? answers - 1 : answers;
    }

    /** The row of the file, without its end. */
    public String line() {
        StringJoiner times = new StringJoiner(" ");
        for (double time : roundTripsMs) {
            times.add(Double.isNaN(time) ? NOBODY : String.format(Locale.ROOT, "%.4f", time));
        }
        return String.format(
                Locale.ROOT, "%.6f,%b,%s,%s", timeS, reached, String.join(" ", path), times);
    }
}
