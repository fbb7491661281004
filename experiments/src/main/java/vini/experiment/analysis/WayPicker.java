package vini.experiment.analysis;

/** Chooses among a node's equal-cost next hops as its FIB does. */
public interface WayPicker {
    /** Takes the first way always. */
    WayPicker FIRST = (node, flow, ways) -> 0;

    /** A number from 0 to {@code ways - 1}; {@code ways} is at least 2. */
    int pick(String node, Flow flow, int ways);
}
