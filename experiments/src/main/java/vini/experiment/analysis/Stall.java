package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.ArrivalRow;

import java.util.ArrayList;
import java.util.List;

/**
 * A time in which a TCP receiver got no new byte.
 *
 * @param fromS when the last byte before it came; 0 if none had
 * @param toS when the next new byte came; null if none did
 */
public record Stall(double fromS, @Nullable Double toS) {
    /** A pause may last so many round trips before it is a stall: slow start has long ones. */
    private static final double ROUND_TRIPS = 3;

    private static final double SHORTEST_S = 1;

    /** Its end, or that of the run where it had none. */
    public double endOr(double runEndS) {
        return toS == null ? Math.max(runEndS, fromS) : toS;
    }

    /** A pause is a stall when it lasts longer than 1 s and than three of these round trips. */
    public static double threshold(double roundTripS) {
        return Math.max(SHORTEST_S, ROUND_TRIPS * roundTripS);
    }

    /**
     * Finds the stalls.
     *
     * @param rows in order of time, with bytes that never fall
     * @param longerThanS see {@link #threshold}
     * @param endS when the run ended: a pause that lasts until then is a stall without an end
     */
    public static List<Stall> in(List<ArrivalRow> rows, double longerThanS, double endS) {
        List<Stall> stalls = new ArrayList<>();
        double last = 0;
        long bytes = 0;
        for (ArrivalRow row : rows) {
            if (row.bytes() <= bytes) {
                continue;
            }
            if (row.timeS() - last > longerThanS) {
                stalls.add(new Stall(last, row.timeS()));
            }
            last = row.timeS();
            bytes = row.bytes();
        }
        if (endS - last > longerThanS) {
            stalls.add(new Stall(last, null));
        }
        return List.copyOf(stalls);
    }
}
