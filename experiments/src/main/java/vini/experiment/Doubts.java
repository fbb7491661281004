package vini.experiment;

import java.util.List;

/** Reasons not to trust what a run has measured. */
final class Doubts {
    private Doubts() {}

    /** Of a probe whose apps wrote faster than was read. */
    static List<String> ofProbe(String probe, long lost) {
        return lost == 0
                ? List.of()
                : List.of(
                        count(lost, "record")
                                + " of probe "
                                + probe
                                + " lost, overwritten before they were read:"
                                + " its measurements have a hole");
    }

    /** Of what happened in the network, if that was more than was told. */
    static List<String> ofHistory(long missed) {
        return missed == 0
                ? List.of()
                : List.of(
                        count(missed, "change")
                                + " of FIBs and neighbors lost, overwritten before they were read:"
                                + " paths and convergence have a hole");
    }

    /** What a forwarder knew of its packets died with it. */
    static List<String> ofDeadForwarder() {
        return List.of("the books know only the packets after the forwarder's death");
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
