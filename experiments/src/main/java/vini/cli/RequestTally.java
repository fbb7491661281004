package vini.cli;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.Spread;
import vini.experiment.run.RequestRow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** How requests stand while the run goes. */
final class RequestTally {
    private static final double RECENT_S = 2;

    private final Deque<RequestRow> recent = new ArrayDeque<>();
    private long answered;
    private long failed;

    void add(RequestRow row) {
        if (!row.answered()) {
            failed++;
            return;
        }
        answered++;
        recent.addLast(row);
        forget(row.endS());
    }

    long answered() {
        return answered;
    }

    long failed() {
        return failed;
    }

    private void forget(double nowS) {
        while (!recent.isEmpty() && nowS - recent.getFirst().endS() > RECENT_S) {
            recent.removeFirst();
        }
    }

    /** Answers a second in the last two. */
    double perS(double nowS) {
        forget(nowS);
        return recent.size() / Math.clamp(nowS, 0.1, RECENT_S);
    }

    /** The median of how long these took; null if there were none. */
    @Nullable Double timeMs(double nowS) {
        forget(nowS);
        Spread times = Spread.of(recent.stream().mapToDouble(RequestRow::timeMs).toArray());
        return times == null ? null : times.median();
    }

    /** {@code 20.0 /s, 41.2 ms, 3 failed}. */
    String words(double nowS) {
        Double time = timeMs(nowS);
        return String.format(Locale.ROOT, "%.1f /s, ", perS(nowS))
                + (time == null ? "no answer" : String.format(Locale.ROOT, "%.1f ms", time))
                + (failed == 0 ? "" : ", " + failed + " failed");
    }
}
