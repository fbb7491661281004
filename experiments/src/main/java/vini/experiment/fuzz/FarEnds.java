package vini.experiment.fuzz;

import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * When watched links miss their far ends, as topology.md says it: a link is down when one end has
 * heard nothing of the other for three intervals, and up when both hear each other. When heartbeats
 * go is chance, so there are times at which both are right.
 */
final class FarEnds {
    /** How often somebody asks what tunnels hear, and a little more. */
    private static final long LOOK_NANOS = 21_000_000L;

    /** Three intervals of silence, and one until somebody looks at the counters. */
    private static final int MISSED_INTERVALS = 4;

    /** A beat, and what both ends take to look. */
    private static final int BACK_INTERVALS = 4;

    /**
     * What is known of a link.
     *
     * @param mayBeDown whether it may miss its far end
     * @param isDown whether it must
     * @param sinceNanos since when one of its ends has been away; of use if it must be down
     */
    record Verdict(boolean mayBeDown, boolean isDown, long sinceNanos) {}

    private static final Verdict UP = new Verdict(false, false, 0);

    /** A time in which the ends of a link are there or not; both of them, one, or none. */
    private record Stretch(long fromNanos, boolean a, boolean b) {
        boolean both() {
            return a && b;
        }
    }

    private final Map<Link, List<Stretch>> stretches = new LinkedHashMap<>();

    /**
     * Reads when the ends of links are there.
     *
     * @param times when that may have changed
     */
    FarEnds(ExpectedLinks expected, Topology topology, Set<Long> times) {
        Set<Long> ordered = new TreeSet<>(times);
        for (Link link : topology.links()) {
            if (link.watchNanos() > 0) {
                stretches.put(link, stretches(expected, link, ordered));
            }
        }
    }

    private static List<Stretch> stretches(ExpectedLinks expected, Link link, Set<Long> times) {
        List<Stretch> stretches = new ArrayList<>();
        stretches.add(new Stretch(Long.MIN_VALUE / 2, true, true));
        for (long at : times) {
            boolean a = expected.hasTunnels(link.node(End.A), at);
            boolean b = expected.hasTunnels(link.node(End.B), at);
            // One that begins anew knows nothing, however short it was away.
            if (isAnew(expected, link.a(), at) || isAnew(expected, link.b(), at)) {
                stretches.add(new Stretch(at, false, false));
            }
            Stretch last = stretches.getLast();
            if (last.a != a || last.b != b) {
                stretches.add(new Stretch(at, a, b));
            }
        }
        return stretches;
    }

    private static boolean isAnew(ExpectedLinks expected, Node node, long nanos) {
        return expected.restarts(node).contains(nanos);
    }

    /** What may and must be known of the far ends at a time. */
    Verdict verdict(Link link, long nanos) {
        List<Stretch> all = stretches.getOrDefault(link, List.of());
        int now = all.size() - 1;
        while (now >= 0 && all.get(now).fromNanos > nanos) {
            now--;
        }
        if (now <= 0) {
            return UP;
        }
        Stretch last = all.get(now);
        long watch = link.watchNanos();
        if (last.both()) {
            boolean isBack = nanos - last.fromNanos > BACK_INTERVALS * watch + LOOK_NANOS;
            return isBack ? UP : new Verdict(true, false, last.fromNanos);
        }
        boolean isDown = false;
        long since = last.fromNanos;
        for (int i = now; i > 0 && !all.get(i).both(); i--) {
            since = all.get(i).fromNanos;
            long to = i == now ? nanos : all.get(i + 1).fromNanos;
            boolean oneIsThere = all.get(i).a || all.get(i).b;
            isDown |= oneIsThere && to - since > MISSED_INTERVALS * watch + LOOK_NANOS;
        }
        return new Verdict(true, isDown, since);
    }
}
