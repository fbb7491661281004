package vini.experiment;

import java.util.List;
import java.util.Locale;

/** Reasons not to trust what a run has measured. */
final class Doubts {
    /** More than this share of late packets, and delays are not those of the topology. */
    private static final double LATE_SHARE_MAX = 0.01;

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

    /** Of how links kept time, see {@link vini.forwarder.Punctuality#text}. */
    static List<String> ofPunctuality(String text) {
        String[] word = text.strip().split(" ", -1);
        if (word.length != 3) {
            return List.of();
        }
        long released = Long.parseLong(word[0]);
        double share = released == 0 ? 0 : (double) Long.parseLong(word[1]) / released;
        if (share <= LATE_SHARE_MAX) {
            return List.of();
        }
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%.1f %% of the packets left a link more than 1 ms late (worst %.0f ms):"
                                + " the machine was busy; repeat it on a quieter one",
                        share * 100,
                        Long.parseLong(word[2]) / 1e6));
    }
}
