package vini.experiment.analysis;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.Network;
import vini.experiment.run.TraceRow;
import vini.experiment.run.TracedPaths;

import java.util.ArrayList;
import java.util.List;

/**
 * Works out when a traced path changed, and when it was another one than the FIBs had. While FIBs
 * change, packets of one round may meet old and new ones: a round agrees if any way agrees that the
 * FIBs had from its sending until a second later, when its last answer is in.
 */
@AutoService(ProbeAnalyst.class)
@SuppressWarnings("rawtypes") // a class literal has no parameters
public final class TraceAnalyst implements ProbeAnalyst<TracedPaths> {
    private static final double ROUND_S = 1;

    @Override
    public Class<TracedPaths> of() {
        return TracedPaths.class;
    }

    @Override
    public TraceResult analyse(TracedPaths traced, Analysis ground) {
        List<FibHistory.TimedWalk> walks = ground.walks(traced);
        List<TracedStretch> stretches = new ArrayList<>();
        int[] rounds = new int[ground.phases().size()];
        int[] reached = new int[rounds.length];
        int[] changes = new int[rounds.length];
        int[] disagreed = new int[rounds.length];
        List<List<String>> paths = new ArrayList<>();
        ground.phases().forEach(phase -> paths.add(List.of()));
        TraceRow before = null;
        for (TraceRow row : traced.rows()) {
            Walk fib = disagreement(row, walks, ground.run().network());
            TracedStretch last = stretches.isEmpty() ? null : stretches.getLast();
            if (last != null && last.isOf(row, fib)) {
                stretches.set(stretches.size() - 1, last.longer());
            } else {
                if (last != null) {
                    stretches.set(stretches.size() - 1, last.until(row.timeS()));
                }
                double end = ground.run().endS();
                stretches.add(
                        new TracedStretch(row.timeS(), end, 1, row.reached(), row.path(), fib));
            }
            int phase = phase(ground.phases(), row.timeS());
            if (phase >= 0) {
                rounds[phase]++;
                reached[phase] += row.reached() ? 1 : 0;
                disagreed[phase] += fib == null ? 0 : 1;
                changes[phase] += before == null || before.path().equals(row.path()) ? 0 : 1;
                paths.set(phase, row.path());
            }
            before = row;
        }
        List<TraceResult.TracePhase> phases = new ArrayList<>();
        for (int i = 0; i < rounds.length; i++) {
            phases.add(
                    new TraceResult.TracePhase(
                            ground.phases().get(i),
                            rounds[i],
                            reached[i],
                            changes[i],
                            disagreed[i],
                            paths.get(i)));
        }
        return new TraceResult(traced, stretches, phases);
    }

    /** A round belongs to the phase in which it was sent; files have microseconds. */
    private static int phase(List<Phase> phases, double timeS) {
        for (int i = 0; i < phases.size(); i++) {
            if (phases.get(i).holds(timeS + 1e-6)) {
                return i;
            }
        }
        return -1;
    }

    /** The way that the FIBs had when the round was sent, unless one that they had then agrees. */
    private static @Nullable Walk disagreement(
            TraceRow row, List<FibHistory.TimedWalk> walks, Network network) {
        Walk whenSent = null;
        for (int i = 0; i < walks.size(); i++) {
            double until = i + 1 < walks.size() ? walks.get(i + 1).fromS() : Double.MAX_VALUE;
            if (walks.get(i).fromS() <= row.timeS() + ROUND_S && until > row.timeS()) {
                Walk walk = walks.get(i).walk();
                if (agrees(row, walk, network)) {
                    return null;
                }
                whenSent = whenSent == null ? walk : whenSent;
            }
        }
        return whenSent;
    }

    /** Who did not answer may have been anybody; who is no node of the network is on no walk. */
    private static boolean agrees(TraceRow row, Walk walk, Network network) {
        List<String> seen =
                row.path().stream()
                        .filter(n -> n.equals(TraceRow.NOBODY) || network.node(n) != null)
                        .toList();
        List<String> way = walk.nodes();
        // Where the FIBs lead nowhere, how far packets came depends on their TTL.
        boolean fits = !row.reached() || seen.size() == way.size();
        if (row.reached() != walk.arrives() || !fits) {
            return false;
        }
        for (int i = 0; i < Math.min(seen.size(), way.size()); i++) {
            if (!seen.get(i).equals(TraceRow.NOBODY) && !seen.get(i).equals(way.get(i))) {
                return false;
            }
        }
        return true;
    }
}
