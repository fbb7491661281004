package vini.cli;

import vini.experiment.run.UdpRow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** How a flow of datagrams stands while the run goes. */
final class DatagramTally {
    private static final double RECENT_S = 1;

    private record Recent(double timeS, double mbps) {}

    private final Deque<Recent> recent = new ArrayDeque<>();
    private long sent;
    private long lost;

    void add(UdpRow row, double mbps) {
        sent += row.sent();
        lost += row.lost();
        recent.addLast(new Recent(row.timeS(), mbps));
        while (row.timeS() - recent.getFirst().timeS >= RECENT_S) {
            recent.removeFirst();
        }
    }

    long sent() {
        return sent;
    }

    long lost() {
        return lost;
    }

    /** What arrived in the last second of which that is known. */
    double mbps() {
        return recent.stream().mapToDouble(Recent::mbps).average().orElse(0);
    }

    /** {@code 4.0 Mb/s, 0.3 % lost}. */
    String words() {
        return String.format(Locale.ROOT, "%.1f Mb/s, ", mbps())
                + (lost == 0
                        ? "none lost"
                        : String.format(Locale.ROOT, "%.1f %% lost", 100.0 * lost / sent));
    }
}
