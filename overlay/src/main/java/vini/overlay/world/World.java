package vini.overlay.world;

import org.jspecify.annotations.Nullable;

import vini.forwarder.capture.CaptureOrder;
import vini.forwarder.capture.Captured;
import vini.net.Ipv4Address;
import vini.overlay.host.MachineSample;
import vini.overlay.topology.LinkName;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.time.Clock;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run happens in: links that can fail, hosts on which apps run, and a clock. All of it is
 * used on the clock's thread. What is asked has happened when the call returns.
 */
public interface World extends AutoCloseable {
    /** Hears what happens in the network, on the clock's thread. */
    interface Listener {
        /**
         * Something happened to a node.
         *
         * @param nanos when, on the clock
         * @param place {@code NODE} for its router, {@code NODE/ELEMENT} for its graph
         * @param text such as {@code set 10.77.0.11/32 10.77.128.2} or {@code link silent}
         */
        void happened(long nanos, String place, String text);
    }

    Clock clock();

    Topology topology();

    /** A link fails; if one way, then from the first named node. */
    void fail(LinkName link, FailureMode mode, Cause cause) throws IOException;

    /**
     * What the cause did to a link is over; the operator's word ends all failures.
     *
     * @return whether it had failed and works again in both directions
     */
    boolean restore(LinkName link, Cause cause) throws IOException;

    /** A node fails: its links, and the doors by which users and packets come and go. */
    void fail(Node node, FailureMode mode, Cause cause) throws IOException;

    /**
     * What the cause did to a node is over; the operator's word ends all failures of it and of its
     * links.
     *
     * @return whether it had failed and works again
     */
    boolean restore(Node node, Cause cause) throws IOException;

    /**
     * A property of a link changes; what is on its way is neither lost nor reordered by that.
     *
     * @param property {@code delay}, {@code jitter}, {@code loss}, {@code rate}, {@code queue},
     *     {@code reorder}, {@code duplicate} or {@code corrupt}
     * @param value as in a topology: {@code 5ms}
     */
    void set(Way way, String property, String value, Cause cause) throws IOException;

    /** What the cause made of the properties of a link is over. */
    void unset(Way way, Cause cause) throws IOException;

    /** The routing cost of a link changes. */
    void cost(Way way, int cost) throws IOException;

    /** A property as it is now; of the first direction where they differ. */
    String property(Way way, String property) throws IOException;

    /**
     * A node is gone at once, as a machine that loses its power: what it held, knew and hosted is
     * lost, its doors are shut, and the far ends of its links hear nothing of it.
     */
    void crash(Node node, Cause cause) throws IOException;

    /**
     * The cause of a crash is over; the operator's word ends all. A node for whose crash no cause
     * is left comes again, with no memory, and its doors open.
     *
     * @return whether it comes
     */
    boolean start(Node node, Cause cause) throws IOException;

    /**
     * A node stands still: its router and its builtin host do nothing, and packets that it should
     * move are dropped. Of a node that has crashed nothing changes.
     */
    void freeze(Node node, Cause cause) throws IOException;

    /**
     * The cause is over for which a node stands still; the operator's word ends all.
     *
     * @return whether it goes on, with all that it knew
     */
    boolean thaw(Node node, Cause cause) throws IOException;

    /** A process of the slice dies at once; its supervisor starts it again. */
    void kill(SliceProcess process) throws IOException;

    /**
     * A process of the slice stands still, at most until the slice ends.
     *
     * @throws IOException it is away
     */
    void freeze(SliceProcess process, Cause cause) throws IOException;

    /**
     * The cause is over for which a process stands still; the operator's word ends all.
     *
     * @return whether it goes on
     */
    boolean thaw(SliceProcess process, Cause cause) throws IOException;

    /** The host of the node, or the outside host, of that name. */
    Host host(String name);

    /**
     * The address by which the others reach that host; of a user who enters by VPN, the one inside
     * of the slice.
     */
    Ipv4Address address(String name);

    /** From now on tells what happens, and what has happened since the start. */
    void follow(Listener listener) throws IOException;

    /** Tells what has happened and was not told yet. */
    void catchUp() throws IOException;

    /** How much has happened that was not told and never will be: it came faster than was read. */
    long missed() throws IOException;

    /** The books of all nodes, as the forwarder's {@code books} handler has them. */
    String books() throws IOException;

    /**
     * What directions of links have carried that did something since a reading, as the forwarder's
     * {@code links} handler has it: a line {@code reading NUMBER}, then {@code NODE/ELEMENT} and
     * {@link vini.forwarder.LinkEnd#load}, one a line. The greatest queues are those since the last
     * reading, whoever's it was.
     *
     * @param since the number of an earlier reading; 0 for all that ever did something
     */
    String links(long since) throws IOException;

    /**
     * Begins to write down packets, in place of a capture of that name. It ends by itself when
     * nobody has asked for its packets for {@link vini.forwarder.capture.Capture#PATIENCE_NANOS},
     * and with the process that moves packets.
     *
     * @param name one word
     * @throws IOException the order has a mistake, or nobody can carry it out now
     */
    void capture(String name, CaptureOrder order) throws IOException;

    /**
     * What that capture has written down since it was asked the last time.
     *
     * @throws IOException there is none of that name any more
     */
    Captured captured(String name) throws IOException;

    /** Ends a capture; what it has written down and nobody has asked for is lost. */
    void endCapture(String name) throws IOException;

    /**
     * The FIB of a node, a route a line: {@code PREFIX GATEWAY[|GATEWAY...] OUT}, with a minus sign
     * in the place of the gateway where there is none.
     *
     * @throws IOException it has none now: it has crashed, or the forwarder is away
     */
    String fib(Node node) throws IOException;

    /**
     * The neighbours of a node's router, as its {@code neighbors} handler has them.
     *
     * @throws IOException it has no router now: it has crashed, or the process is away
     */
    String neighbors(Node node) throws IOException;

    /** Those books in one, without the places, as the forwarder's {@code totals} handler has it. */
    String totals() throws IOException;

    /** The measured part begins: what links did to packets before does not count. */
    void markStart() throws IOException;

    /**
     * How links have kept time since {@link #markStart}, as {@link vini.forwarder.Punctuality}
     * says: {@code RELEASED LATE WORST_NANOS P50_NANOS P99_NANOS P999_NANOS}.
     */
    String punctuality() throws IOException;

    /** What the machine below has done so far; null where there is none. */
    default @Nullable MachineSample machine() throws IOException {
        return null;
    }

    /**
     * How its processes have stood still since {@link #markStart}: by their names, what {@link
     * vini.forwarder.io.PauseWatch} says. None where there are no processes.
     */
    default Map<String, String> pauses() throws IOException {
        return new TreeMap<>();
    }

    @Override
    void close() throws IOException;
}
