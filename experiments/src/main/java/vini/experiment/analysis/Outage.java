package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.EchoRow;

import java.util.ArrayList;
import java.util.List;

/**
 * A number of consecutive echoes without an answer.
 *
 * @param fromS when the first lost echo was sent
 * @param toS when the first echo after it that was answered was sent; null if none was
 * @param lost how many echoes it took
 */
public record Outage(double fromS, @Nullable Double toS, int lost) {
    /** Null while it had not ended. */
    public @Nullable Double durationS() {
        return toS == null ? null : toS - fromS;
    }

    /** Its end, or that of the run where it had none. */
    public double endOr(double runEndS) {
        return toS == null ? Math.max(runEndS, fromS) : toS;
    }

    /**
     * Finds the outages.
     *
     * @param rows in the order sent
     * @param minimum how many lost echoes in a row make an outage
     */
    public static List<Outage> in(List<EchoRow> rows, int minimum) {
        List<Outage> outages = new ArrayList<>();
        int lost = 0;
        for (int i = 0; i <= rows.size(); i++) {
            EchoRow row = i < rows.size() ? rows.get(i) : null;
            if (row != null && !row.answered()) {
                lost++;
                continue;
            }
            if (lost >= minimum) {
                double from = rows.get(i - lost).sentS();
                outages.add(new Outage(from, row == null ? null : row.sentS(), lost));
            }
            lost = 0;
        }
        return List.copyOf(outages);
    }
}
