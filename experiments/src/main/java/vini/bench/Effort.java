package vini.bench;

/**
 * How long to measure.
 *
 * @param rounds how often each side is measured, in turns; at least 1
 * @param seconds of one measurement, where it takes time that can be chosen; at least 1
 * @param quick a first look: smaller tables, fewer packets; its figures are rough
 */
public record Effort(int rounds, int seconds, boolean quick) {
    /** All scenarios in some five minutes. */
    public static final Effort FULL = new Effort(2, 2, false);

    /** A first look. */
    public static final Effort QUICK = new Effort(1, 2, true);
}
