package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.BooksRow;
import vini.experiment.run.Probe;
import vini.experiment.run.RouteRow;
import vini.experiment.run.Run;
import vini.experiment.run.TracedPaths;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What became of the packets in each phase, as {@code books.csv} tells; no phases if it is not
 * there.
 */
public record PacketHistory(List<InPhase> phases) {
    /** A row belongs to an event that is as little as this before it. */
    private static final double SAME_S = 1e-6;

    public PacketHistory {
        phases = List.copyOf(phases);
    }

    /**
     * The packets of one phase.
     *
     * @param loops whose TTL ended after the last FIB change of the phase: the FIBs were settled,
     *     and led in a circle; without those that a trace has sent for that
     * @param dropped packets by reason; those of which none was dropped are left out
     */
    public record InPhase(
            Phase phase, long sent, long delivered, long loops, SortedMap<String, Long> dropped) {}

    /** Deaths by TTL with settled FIBs, in all phases; null if nobody has counted. */
    public @Nullable Long loops() {
        return phases.isEmpty() ? null : phases.stream().mapToLong(InPhase::loops).sum();
    }

    static PacketHistory of(Run run, List<Phase> phases) {
        List<BooksRow> rows = run.books();
        List<InPhase> result = new ArrayList<>();
        if (rows.isEmpty()) {
            return new PacketHistory(result);
        }
        for (Phase phase : phases) {
            BooksRow from = at(rows, phase.fromS());
            BooksRow to = at(rows, phase.toS());
            double settled = phase.fromS();
            for (RouteRow route : run.routes()) {
                if (phase.holds(route.timeS())) {
                    settled = Math.max(settled, route.timeS());
                }
            }
            TreeSet<String> reasons = new TreeSet<>(from.dropped().keySet());
            reasons.addAll(to.dropped().keySet());
            SortedMap<String, Long> dropped = new TreeMap<>();
            for (String reason : reasons) {
                long number = since(from.dropped(reason), to.dropped(reason));
                if (number > 0) {
                    dropped.put(reason, number);
                }
            }
            result.add(
                    new InPhase(
                            phase,
                            since(from.sent(), to.sent()),
                            since(from.delivered(), to.delivered()),
                            loops(run, at(rows, settled), to),
                            dropped));
        }
        return new PacketHistory(result);
    }

    private static long loops(Run run, BooksRow settled, BooksRow end) {
        long expired =
                since(settled.dropped(BooksRow.TTL_EXPIRED), end.dropped(BooksRow.TTL_EXPIRED));
        for (Probe probe : run.probes()) {
            if (probe instanceof TracedPaths traced) {
                expired -= traced.expired(settled.timeS(), end.timeS());
            }
        }
        return Math.max(0, expired);
    }

    /** The first row from a time on, which is right after it; the last one if there is none. */
    private static BooksRow at(List<BooksRow> rows, double timeS) {
        int low = 0;
        int high = rows.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows.get(middle).timeS() < timeS - SAME_S) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return rows.get(low);
    }

    /** A forwarder that was started again counts from 0. */
    private static long since(long before, long now) {
        return now < before ? now : now - before;
    }
}
