package vini.routing.ospf;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import vini.routing.ospf.wire.LsaPool;

/** What the OSPF routers of one process share; all of them must run on one thread. */
public final class OspfProcess {
    /**
     * Parts of a hello interval, at the ends of which hellos go; more of them with many links. So
     * one wake-up of the routers, and one of each process on the way, serves several hellos: to
     * wake up costs more than a hello. In one part few hellos go, and their phases stay as
     * independent as they were.
     */
    private static final int PARTS = 20;

    /** So many hellos go in a part, on average, before there are more parts. */
    private static final int HELLOS_IN_A_PART = 4;

    private final LsaPool pool = new LsaPool();
    private final PrefixPool prefixes = new PrefixPool();
    private final GraphPool graphs = new GraphPool();
    private final ByteBuf scratch = Unpooled.buffer(2048);
    private final double phase;
    private int links;

    /**
     * A process.
     *
     * @param phase from 0 to below 1, by chance: where in a part of a hello interval parts begin,
     *     so that over many runs hellos go at any time
     */
    public OspfProcess(double phase) {
        this.phase = phase;
    }

    LsaPool pool() {
        return pool;
    }

    PrefixPool prefixes() {
        return prefixes;
    }

    GraphPool graphs() {
        return graphs;
    }

    /** An empty buffer for what is made and copied before anybody else can ask for it. */
    ByteBuf scratch() {
        return scratch.clear();
    }

    /** There is one more link, on which hellos go. */
    void linkAdded() {
        links++;
    }

    /**
     * When a hello goes that may go up to a tenth of its interval early, but not late: at the end
     * of a part of the interval.
     *
     * @param now must be left behind
     * @param latest the latest time, in nanoseconds of the clock
     */
    long helloTime(long now, long latest, long intervalNanos) {
        int parts = PARTS * Math.ceilDiv(links, PARTS * HELLOS_IN_A_PART);
        long part = intervalNanos / parts;
        long time = latest - Math.floorMod(latest - (long) (phase * part), part);
        return time > now ? time : latest;
    }
}
