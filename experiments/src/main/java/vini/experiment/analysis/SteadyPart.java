package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.RouteRow;

import java.util.List;

/**
 * The part of a phase in which nothing changes any more: from 2 s after the phase's last FIB change
 * (of any node) and after the last interruption that ended in it, to the phase's end. Without
 * either it is the whole phase. An interruption that outlasts the phase cuts it off: the first echo
 * that a failure takes was sent a little before the failure, and must not take the phase before
 * with it. What such a cut leaves is none if it is shorter than 2 s.
 */
public record SteadyPart(double fromS, double toS) {
    /** How long after the last change the network is given to settle. */
    public static final double SETTLING_S = 2;

    public double lengthS() {
        return toS - fromS;
    }

    public boolean holds(double timeS) {
        return timeS >= fromS && timeS < toS;
    }

    /** A time without answers or without new bytes; {@code toS} is infinite if it never ended. */
    public record Interruption(double fromS, double toS) {
        static Interruption of(Outage outage) {
            return new Interruption(outage.fromS(), end(outage.toS()));
        }

        static Interruption of(Stall stall) {
            return new Interruption(stall.fromS(), end(stall.toS()));
        }

        private static double end(@Nullable Double toS) {
            return toS == null ? Double.POSITIVE_INFINITY : toS;
        }
    }

    /** The steady part of a phase, or null when there is none. */
    public static @Nullable SteadyPart of(
            Phase phase, List<RouteRow> routes, List<Interruption> interruptions) {
        double from = phase.fromS();
        for (RouteRow route : routes) {
            if (phase.holds(route.timeS())) {
                from = Math.max(from, route.timeS() + SETTLING_S);
            }
        }
        double to = phase.toS();
        for (Interruption interruption : interruptions) {
            if (interruption.toS() < phase.toS()) {
                if (interruption.toS() >= phase.fromS()) {
                    from = Math.max(from, interruption.toS() + SETTLING_S);
                }
            } else if (interruption.fromS() < phase.toS()) {
                to = Math.min(to, interruption.fromS());
            }
        }
        boolean cut = to < phase.toS();
        return from < to && (!cut || to - from >= SETTLING_S) ? new SteadyPart(from, to) : null;
    }
}
