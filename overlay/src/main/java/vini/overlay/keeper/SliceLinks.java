package vini.overlay.keeper;

import vini.overlay.host.Worker;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.world.Cause;
import vini.overlay.world.Causes;
import vini.overlay.world.FailureMode;
import vini.overlay.world.LinkBook;

import java.io.IOException;

/**
 * What is done to the links and nodes of a slice. The book is changed first, so that a process that
 * is away learns of it when it comes back.
 */
public final class SliceLinks {
    /** The ways by which a node's users and packets come and go. */
    interface Doors {
        void shut(Node node, boolean shuts) throws IOException;
    }

    private final Topology topology;
    private final Worker worker;
    private final LinkBook book;
    private final SliceProcesses processes;
    private final Doors doors;

    private final Causes<Node> failed = new Causes<>();

    SliceLinks(
            Topology topology,
            Worker worker,
            LinkBook book,
            SliceProcesses processes,
            Doors doors) {
        this.topology = topology;
        this.worker = worker;
        this.book = book;
        this.processes = processes;
        this.doors = doors;
    }

    /** The state in which the links should be; read it on the worker. */
    LinkBook book() {
        return book;
    }

    /** Fails a link; {@code from} is the first named end. */
    public void fail(Link link, FailureMode mode, End from, Cause cause) throws IOException {
        worker.run(
                () -> {
                    book.fail(link, mode, from, cause);
                    tell(link);
                });
    }

    /** Fails a link until somebody restores it. */
    public void fail(Link link, FailureMode mode, End from) throws IOException {
        fail(link, mode, from, Cause.OPERATOR);
    }

    /**
     * Ends what the cause did to a link; see {@link LinkBook#restore}.
     *
     * @return whether the link works again
     */
    public boolean restore(Link link, Cause cause) throws IOException {
        return worker.call(
                () -> {
                    boolean restored = book.restore(link, cause);
                    tell(link);
                    return restored;
                });
    }

    /** Repairs a link in both directions, whatever ailed it. */
    public void restore(Link link) throws IOException {
        restore(link, Cause.OPERATOR);
    }

    /** Changes a property of one direction of a link, as {@link LinkBook#set} knows it. */
    public void set(Link link, End from, String property, String value, Cause cause)
            throws IOException {
        worker.run(
                () -> {
                    book.set(link, from, property, value, cause);
                    tell(link);
                });
    }

    /** Changes a property of one direction of a link for good. */
    public void set(Link link, End from, String property, String value) throws IOException {
        set(link, from, property, value, Cause.OPERATOR);
    }

    /** Ends what the cause made of the properties of one direction of a link. */
    public void unset(Link link, End from, Cause cause) throws IOException {
        worker.run(
                () -> {
                    book.unset(link, from, cause);
                    tell(link);
                });
    }

    private void tell(Link link) throws IOException {
        processes.tellForwarder(book.forwarderWrites(link, worker.nowNanos()));
    }

    /** Changes the routing cost of one direction of a link. */
    public void cost(Link link, End from, int cost) throws IOException {
        worker.run(
                () -> {
                    book.cost(link, from, cost);
                    processes.tellRouter(book.routerWrites(link));
                });
    }

    /** A node fails: all its links and its doors. Its users enter at the node that backs it. */
    public void fail(Node node, FailureMode mode, Cause cause) throws IOException {
        worker.run(
                () -> {
                    for (Link link : topology.linksOf(node)) {
                        fail(link, mode.bothWays(), link.end(node), cause);
                    }
                    boolean _ = failed.add(node, cause);
                    doors.shut(node, true);
                });
    }

    /**
     * What the cause did to a node is over; the operator's word ends all failures of it and of its
     * links.
     *
     * @return whether it had failed and works again
     */
    public boolean restore(Node node, Cause cause) throws IOException {
        return worker.call(
                () -> {
                    for (Link link : topology.linksOf(node)) {
                        restore(link, cause);
                    }
                    boolean restored = failed.remove(node, cause);
                    if (restored) {
                        doors.shut(node, false);
                    }
                    return restored;
                });
    }
}
