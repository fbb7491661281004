package vini.bench;

import java.io.IOException;
import java.util.List;

/**
 * Something that is measured beside its peers: on this machine, in this run, the sides in turns.
 * Nothing that it prints is known before.
 *
 * <pre>{@code
 * Figure ours = sheet.figure("lookup", "DIR-24-8", "ns");
 * Figure theirs = sheet.figure("lookup", "a trie", "ns");
 * sheet.rounds(
 *         List.of(
 *                 new Side("DIR-24-8", () -> ours.add(time(dir))),
 *                 new Side("a trie", () -> theirs.add(time(trie)))));
 * sheet.bound(Bound.timesAtMost(ours, 0.5, theirs));
 * sheet.bound(Bound.atMost(ours, 40));
 * }</pre>
 */
public interface Scenario {
    /** What the command line calls it: a word of small letters and digits. */
    String name();

    /** What is measured, beside what, in one sentence without a full stop. */
    String title();

    /** What the machine must have; tried before anything is started. */
    default List<Need> needs() {
        return List.of();
    }

    /** How much is measured unless somebody says otherwise. */
    default Effort effort(boolean quick) {
        return quick ? Effort.QUICK : Effort.FULL;
    }

    /** Whether it takes too long to be one of those that run when none is named. */
    default boolean onlyWhenNamed() {
        return false;
    }

    /**
     * Measures. Whatever was made or started is gone when it returns or throws.
     *
     * @throws vini.overlay.host.MachineException the machine cannot, as only now is seen
     * @throws InterruptedException by Ctrl-C: between two measurements at the latest
     */
    void run(Sheet sheet) throws IOException, InterruptedException;
}
