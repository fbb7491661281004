package vini.experiment.fuzz;

import java.util.Locale;

/**
 * Something that should not be.
 *
 * @param kind what was looked at: two faults of one kind are taken for the same
 * @param atNanos when it was seen, since the start of the run
 */
public record Fault(Kind kind, long atNanos, String sentence) {
    /** What must hold. */
    public enum Kind {
        /** The network comes to rest. */
        CONVERGENCE,
        /** Links are what the schedule says, and no failure outlives its time. */
        LINKS,
        /** Of each packet it is known what became of it. */
        BOOKS,
        /** Routes are the shortest paths, to all that can be reached and to nothing else. */
        ROUTES,
        /** No prefix goes round in a circle. */
        LOOP,
        /** Routers that reach each other know the same. */
        DATABASES,
        /** Who can be reached answers, and nobody else does. */
        ECHO,
        /**
         * Packets go from node to node with ever smaller TTLs, and over no link that has failed.
         */
        PACKETS,
        /** What pings count agrees with itself and with the books. */
        FIGURES,
        /** The same seed gives the same run. */
        REPETITION,
        /** Nothing throws. */
        EXCEPTION
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s at %.3f s: %s",
                kind.name().toLowerCase(Locale.ROOT),
                atNanos / 1e9,
                sentence);
    }
}
