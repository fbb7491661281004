package vini.forwarder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The loops that one graph may live on, in the order of their threads' numbers. Most graphs have
 * one.
 */
public final class Loops {
    private final List<Loop> all;

    /** At least one; the first is where the graph is started, read and closed. */
    public Loops(List<? extends Loop> all) {
        this.all = List.copyOf(all);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("a graph needs a loop");
        }
    }

    /** The loop of thread 0. */
    public Loop first() {
        return all.getFirst();
    }

    /** The same loops, in turn, beginning with that one. */
    Loops from(int thread) {
        List<Loop> turned = new ArrayList<>(all);
        Collections.rotate(turned, -thread);
        return new Loops(turned);
    }

    /** The loop of that thread; the first one where there are not so many. */
    Loop ofThread(int thread) {
        return all.get(thread < all.size() ? thread : 0);
    }

    /**
     * Does something on the first loop while all the others stand still, so that what is seen or
     * changed is of one moment.
     */
    public <T, E extends Exception> T standStill(Loop.Work<T, E> work) throws E {
        return standStill(all.size() - 1, work);
    }

    private <T, E extends Exception> T standStill(int last, Loop.Work<T, E> work) throws E {
        // A loop that waits for the next one does nothing else.
        return all.get(last).call(last == 0 ? work : () -> standStill(last - 1, work));
    }

    /** How many packets there are, wherever they are, also on the way; while the loops stand. */
    public long packetsInUse() {
        return all.stream().mapToLong(loop -> loop.packets().inUse()).sum();
    }

    /** How many bytes of memory packets and blocks take; while the loops stand. */
    long packetBytesInUse() {
        all.forEach(loop -> loop.packets().tell());
        return all.getFirst().packets().bytesInUse();
    }
}
