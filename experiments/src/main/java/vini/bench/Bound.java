package vini.bench;

/**
 * What should hold of the figures, and what was measured.
 *
 * @param subject of the figures
 * @param says what is compared, such as {@code vini against kernel}
 * @param measured the ratio, difference or median that it is about
 * @param limits such as {@code >= 0.4}
 * @param unit of {@code measured}: {@code x} for a ratio
 * @param holds false, too, where nothing was measured
 */
public record Bound(
        String subject, String says, double measured, String limits, String unit, boolean holds) {
    private static final String TIMES = "x";

    /** To be made after the rounds, like all of these. */
    public static Bound timesAtLeast(Figure ours, double factor, Figure peer) {
        double times = ours.times(peer);
        String says = ours.side() + " against " + peer.side();
        return new Bound(
                ours.subject(), says, times, ">= " + Numbers.of(factor), TIMES, times >= factor);
    }

    public static Bound timesAtMost(Figure ours, double factor, Figure peer) {
        double times = ours.times(peer);
        String says = ours.side() + " against " + peer.side();
        return new Bound(
                ours.subject(), says, times, "<= " + Numbers.of(factor), TIMES, times <= factor);
    }

    /** At most so much more than the peer. */
    public static Bound aboveAtMost(Figure ours, double more, Figure peer) {
        double above = ours.above(peer);
        String says = ours.side() + " above " + peer.side();
        return new Bound(
                ours.subject(), says, above, "<= " + Numbers.of(more), ours.unit(), above <= more);
    }

    public static Bound atMost(Figure ours, double limit) {
        double median = ours.median();
        return new Bound(
                ours.subject(),
                ours.side(),
                median,
                "<= " + Numbers.of(limit),
                ours.unit(),
                median <= limit);
    }

    /** At most that in each round: of what must not happen even once. */
    public static Bound neverAbove(Figure ours, double limit) {
        double max = ours.max();
        return new Bound(
                ours.subject(),
                ours.side() + ", largest",
                max,
                "<= " + Numbers.of(limit),
                ours.unit(),
                max <= limit);
    }

    public static Bound atLeast(Figure ours, double limit) {
        double median = ours.median();
        return new Bound(
                ours.subject(),
                ours.side(),
                median,
                ">= " + Numbers.of(limit),
                ours.unit(),
                median >= limit);
    }

    /** From {@code low} to {@code high}, both included. */
    public static Bound between(Figure ours, double low, double high) {
        double median = ours.median();
        return new Bound(
                ours.subject(),
                ours.side(),
                median,
                Numbers.of(low) + " to " + Numbers.of(high),
                ours.unit(),
                median >= low && median <= high);
    }
}
