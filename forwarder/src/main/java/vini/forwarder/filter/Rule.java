package vini.forwarder.filter;

/**
 * What is done with packets for which a condition is the first that is true.
 *
 * @param output the output port that gets them, or {@link #DROP}
 */
public record Rule(Condition condition, int output) {
    /** Instead of an output port: they are dropped. */
    public static final int DROP = -1;
}
