package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.RouteRow;

import java.util.List;

/**
 * The part of a phase in which nothing changes any more: from 2 s after the phase's last FIB change
 * (of any node) and after the last interruption that ended in it, to the phase's end. Without
 * either it is the whole phase.
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
        for (Interruption interruption : interruptions) {
            boolean touches =
                    interruption.toS() > phase.fromS() && interruption.fromS() < phase.toS();
            if (touches) {
                from = Math.max(from, interruption.toS() + SETTLING_S);
            }
        }
        return from < phase.toS() ? new SteadyPart(from, phase.toS()) : null;
    }
}
