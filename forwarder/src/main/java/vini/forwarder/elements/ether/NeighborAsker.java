package vini.forwarder.elements.ether;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.EtherAddress;
import vini.net.IpAddress;
import vini.net.wire.WireException;

/**
 * What ARP and Neighbor Discovery have in common: packets for input 0 leave in frames to the
 * neighbour that a {@link NeighborTable} knows, or wait in it while the neighbour is asked; input 1
 * takes the answers. Questions leave by output 1 if it is connected, else by output 0, too.
 */
public abstract class NeighborAsker extends Element {
    private Counter queries = new Counter();
    private Counter responses = new Counter();
    private Counter sent = new Counter();
    private Counter delivered = new Counter();
    private long pollNanos;

    @SuppressWarnings("NullAway.Init") // set by configure
    private NeighborTable.Limits limits;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private NeighborTable table;

    private boolean ownTable;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noDestination;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter badAnswer;

    /** Sends on a packet of input 0, by {@link #send} or {@link #resolve}. */
    protected abstract void forward(Packet packet);

    /** Adds a packet to output 0 in a frame. */
    protected abstract void send(Packet packet, long destination);

    /**
     * A question for an address, in a frame.
     *
     * @param known the neighbour that is asked whether it is still there; null to ask everybody
     */
    protected abstract Packet question(IpAddress target, @Nullable EtherAddress known);

    /**
     * Learns from a frame of input 1, by {@link #insert}.
     *
     * @return whether it was an answer
     */
    protected abstract boolean learn(Packet frame) throws WireException;

    /** Reads the table's keywords and POLL_TIMEOUT. */
    protected final void configure(Arguments arguments, long queryNanos, long defaultPollNanos)
            throws ConfigException {
        queries = counter();
        responses = counter();
        limits = NeighborArguments.limits(arguments, queryNanos);
        pollNanos = arguments.keyword("POLL_TIMEOUT", ArgumentTypes::nanos, defaultPollNanos);
    }

    /**
     * Makes the table and the counters.
     *
     * @param shared a table of another element, null for one of its own
     * @param drops where packets end that wait in vain in a table of its own
     * @param badReason why frames of input 1 are dropped that say nothing
     */
    protected final void initialize(
            @Nullable NeighborTable shared, NeighborTable.Drops drops, String badReason) {
        sent = sent();
        delivered = delivered();
        noDestination = drops("noDestination");
        badAnswer = drops(badReason);
        ownTable = shared == null;
        table =
                shared == null
                        ? new NeighborTable(loop().clock(), this::timer, limits, drops)
                        : shared;
    }

    protected final NeighborTable table() {
        return table;
    }

    @Override
    public final void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            if (port == 0) {
                forward(batch.get(i));
            } else {
                hear(batch.get(i));
            }
        }
        batch.recycle();
        flushOutputs();
    }

    /** Drops a packet that has no destination. */
    protected final void refuse(Packet packet) {
        noDestination.drop(packet);
    }

    /** Sends a packet to that neighbour, or keeps it until the neighbour has answered. */
    protected final void resolve(Packet packet, IpAddress to) {
        NeighborTable.Neighbor known = table.known(to);
        int vlan = Frames.vlanTci(packet); // now: a full table may drop it at once
        if (known == null) {
            if (loop().packets().isFull()) {
                table.drops().full().drop(packet);
            } else if (table.mayAsk(table.save(to, packet))) {
                ask(to, null, vlan);
            }
            return;
        }
        boolean old = loop().clock().nowNanos() - known.confirmedAt() >= pollNanos;
        if (pollNanos > 0 && old && table.mayAsk(known)) {
            ask(to, known.ether(), vlan);
        }
        // Who shares the table may have heard the answer.
        sendSaved(known);
        send(packet, known.ether().bits());
    }

    private void sendSaved(NeighborTable.Neighbor neighbor) {
        for (Packet packet = table.next(neighbor); packet != null; packet = table.next(neighbor)) {
            send(packet, neighbor.ether().bits());
        }
    }

    private void ask(IpAddress target, @Nullable EtherAddress known, int vlan) {
        Packet query = question(target, known);
        Frames.vlanTci(query, vlan);
        query.timestampNanos(loop().clock().epochNanos());
        queries.increment();
        sent.increment();
        if (hasOutput(1)) {
            output(1).push(query);
        } else {
            output(0).add(query);
        }
    }

    private void hear(Packet frame) {
        try {
            if (learn(frame)) {
                responses.increment();
            }
            delivered.increment();
            frame.kill();
        } catch (WireException e) {
            badAnswer.drop(frame);
        }
    }

    /** Records an answer, and sends what has waited for it. */
    protected final void insert(IpAddress address, EtherAddress answer) {
        sendSaved(table.confirm(address, answer));
        flushOutputs();
    }

    /** How many questions were asked. */
    protected final long queries() {
        return queries.value();
    }

    /** How many packets were dropped. */
    protected final long dropped() {
        return noDestination.value() + badAnswer.value() + table.drops().value();
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("queries", queries::value).read("responses", responses::value);
        handlers.read("drops", this::dropped);
    }

    @Override
    protected void takeState(Element old) {
        NeighborAsker other = (NeighborAsker) old;
        if (ownTable && other.ownTable) {
            table.take(other.table);
        }
    }

    @Override
    protected void close() {
        if (ownTable) {
            table.close();
        }
    }
}
