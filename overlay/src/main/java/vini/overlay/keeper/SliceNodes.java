package vini.overlay.keeper;

import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.world.Cause;
import vini.overlay.world.Causes;
import vini.overlay.world.LinkBook;
import vini.overlay.world.LinkBook.Write;
import vini.overlay.world.NodeBook;
import vini.overlay.world.SliceProcess;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What may become of the nodes of a live slice, and of the two processes that they share. The books
 * are changed first, so that a process that is away learns of it when it comes back, and no new one
 * starts a node that has crashed. Lives on the slice's worker.
 */
public final class SliceNodes {
    /** After the end of its last cause a frozen process has so long before it goes on by itself. */
    private static final long LEASE_GRACE_NANOS = 1_000_000_000L;

    private final Keeper keeper;
    private final NodeBook book;
    private final LinkBook links;
    private final DoorBook doors;
    private final SliceProcesses processes;
    private final Causes<SliceProcess> frozen = new Causes<>();

    SliceNodes(
            Keeper keeper,
            NodeBook book,
            LinkBook links,
            DoorBook doors,
            SliceProcesses processes) {
        this.keeper = keeper;
        this.book = book;
        this.links = links;
        this.doors = doors;
        this.processes = processes;
    }

    /** {@code up}, {@code crashed} or {@code frozen}. */
    public String state(Node node) {
        return book.state(node);
    }

    /** A node is gone at once; its users enter at the node that backs it. */
    public void crash(Node node, Cause cause) throws IOException {
        keeper.users().listen();
        boolean opened = !doors.isShut(node);
        if (book.crash(node, cause)) {
            SliceFiles.writeDown(keeper.folder(), book.down());
            // The router first: it is to say no word, nor to look for a FIB that is gone.
            tellRouterFirst();
            if (opened) {
                keeper.doorsChanged(node);
            }
        } else {
            tellRouterFirst(); // it may last longer now
        }
    }

    private void tellRouterFirst() throws IOException {
        processes.tellRouter(writes());
        processes.tellForwarder(writes());
    }

    private List<Write> writes() {
        return book.writes(keeper.worker().nowNanos());
    }

    /**
     * The cause of a crash is over.
     *
     * @return whether the node comes again, with no memory; all that it should know is told it
     */
    public boolean start(Node node, Cause cause) throws IOException {
        if (!book.start(node, cause)) {
            tellBoth(); // it may come sooner now
            return false;
        }
        SliceFiles.writeDown(keeper.folder(), book.down());
        List<Write> forwarding = new ArrayList<>(writes());
        for (Link link : keeper.topology().linksOf(node)) {
            forwarding.addAll(
                    NodeBook.of(node, links.forwarderWrites(link, keeper.worker().nowNanos())));
        }
        forwarding.addAll(doors.forwarderWritesOfFresh(node));
        processes.tellForwarder(forwarding);
        List<Write> routing = new ArrayList<>(writes());
        routing.addAll(NodeBook.of(node, links.routerWrites()));
        processes.tellRouter(routing);
        if (!doors.isShut(node)) {
            keeper.doorsChanged(node);
        }
        return true;
    }

    /** A node stands still. */
    public void freeze(Node node, Cause cause) throws IOException {
        boolean _ = book.freeze(node, cause);
        tellBoth();
    }

    /** The cause is over for which a node stood still; true if it goes on. */
    public boolean thaw(Node node, Cause cause) throws IOException {
        boolean goesOn = book.thaw(node, cause);
        tellBoth();
        return goesOn;
    }

    private void tellBoth() throws IOException {
        processes.tellForwarder(writes());
        processes.tellRouter(writes());
    }

    /** A process dies at once, frozen or not, and is started again as always. */
    public void kill(SliceProcess process) {
        boolean _ = frozen.remove(process, Cause.OPERATOR);
        processes.of(process).kill();
    }

    /** A process stands still until it is thawed, at the latest when the slice ends. */
    public void freeze(SliceProcess process, Cause cause) throws IOException {
        processes.of(process).checkCanFreeze();
        boolean _ = frozen.add(process, cause);
        renewLease(process);
    }

    /** The cause is over for which a process stood still; true if it goes on. */
    public boolean thaw(SliceProcess process, Cause cause) throws IOException {
        boolean goesOn = frozen.remove(process, cause);
        if (goesOn) {
            processes.thaw(process);
        } else if (frozen.has(process)) {
            renewLease(process);
        }
        return goesOn;
    }

    private void renewLease(SliceProcess process) throws IOException {
        long until = frozen.untilNanos(process);
        boolean ends = until != Long.MAX_VALUE;
        processes.freeze(
                process,
                ends ? Math.max(0, until - keeper.worker().nowNanos()) + LEASE_GRACE_NANOS : until);
    }
}
