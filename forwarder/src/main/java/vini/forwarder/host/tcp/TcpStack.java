package vini.forwarder.host.tcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.forwarder.host.HostCounter;
import vini.forwarder.host.HostCounters;
import vini.forwarder.host.IcmpErrorMessage;
import vini.forwarder.host.IpTransmitter;
import vini.forwarder.host.Ports;
import vini.forwarder.host.RateLimit;
import vini.forwarder.host.TcpAcceptor;
import vini.forwarder.host.TcpConnection;
import vini.forwarder.host.TcpEnd;
import vini.forwarder.host.TcpHandler;
import vini.forwarder.host.TcpListener;
import vini.forwarder.host.TcpSettings;
import vini.net.Ipv4Address;
import vini.net.wire.IcmpHeader;
import vini.net.wire.TcpHeader;
import vini.net.wire.TcpOptions;
import vini.net.wire.WireException;
import vini.time.Clock;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** TCP of one host: its listeners, its connections, and resets for what is neither. */
public final class TcpStack {
    /** IPv4 and TCP without options. */
    static final int HEADERS_BYTES = 40;

    /** What we announce: a slice's links carry 1500 bytes. */
    static final int MSS = 1500 - HEADERS_BYTES;

    /** All states, TIME-WAIT included. */
    static final int CONNECTIONS_MAX = 16_384;

    private static final TcpOptions NO_OPTIONS = new TcpOptions();

    private final Clock clock;
    private final RandomGenerator random;
    private final Ipv4Address address;
    private final IpTransmitter transmitter;
    private final HostCounters counters;
    private final Map<Integer, Listener> listeners = new TreeMap<>();
    private final Map<Ends, Connection> connections = new LinkedHashMap<>();

    /** Connections in TIME-WAIT, the oldest first: they make room for others. */
    private final Set<Connection> lingering = new LinkedHashSet<>();

    private final HeldCalls calls = new HeldCalls(this);
    private final RateLimit resets = new RateLimit(1000, 100);

    /** Used for one segment after the other; null while it is. */
    private @Nullable Segment spare;

    /** The same for finding whose a segment is. */
    private final Ends probe = new Ends();

    /** Who speaks for everybody else; null: nobody is called but the host. */
    private @Nullable TcpGate gate;

    public TcpStack(
            Clock clock,
            RandomGenerator random,
            Ipv4Address address,
            IpTransmitter transmitter,
            HostCounters counters) {
        this.clock = clock;
        this.random = random;
        this.address = address;
        this.transmitter = transmitter;
        this.counters = counters;
    }

    Clock clock() {
        return clock;
    }

    HostCounters counters() {
        return counters;
    }

    RandomGenerator random() {
        return random;
    }

    IpTransmitter transmitter() {
        return transmitter;
    }

    /**
     * From now on the host stands for everybody: calls to whatever address and port for which it
     * has no listener are held, and the gate says what becomes of them.
     */
    public void stand(TcpGate everybody) {
        gate = everybody;
    }

    /** As {@link vini.forwarder.host.HostStack#listen}. */
    public TcpListener listen(int port, int windowBytes, TcpAcceptor acceptor) throws IOException {
        int chosen = port == 0 ? Ports.free(random, listeners::containsKey) : port;
        Listener listener = new Listener(this, chosen, windowBytes, acceptor);
        if (listeners.putIfAbsent(chosen, listener) != null) {
            throw new IOException("TCP port " + chosen + " is in use");
        }
        return listener;
    }

    /** As {@link vini.forwarder.host.HostStack#connect}. */
    public TcpConnection connect(
            Ipv4Address destination, int port, TcpHandler handler, TcpSettings settings)
            throws IOException {
        int local =
                Ports.free(
                        random,
                        candidate ->
                                listeners.containsKey(candidate)
                                        || connections.containsKey(
                                                ends(destination.bits(), port, candidate)));
        return connect(local, destination, port, handler, settings);
    }

    /** The same from a port of the caller's choice. */
    public TcpConnection connect(
            int local, Ipv4Address destination, int port, TcpHandler handler, TcpSettings settings)
            throws IOException {
        Ends ends = ends(destination.bits(), port, local);
        if (!hasRoom() || connections.containsKey(ends)) {
            throw new IOException("no room for a connection from port " + local);
        }
        SegmentWriter writer =
                new SegmentWriter(transmitter, address.bits(), destination.bits(), local, port);
        Connection connection =
                new Connection(this, TcpState.SYN_SENT, writer, null, handler, settings);
        connections.put(ends, connection);
        connection.sender().sendSyn();
        return connection;
    }

    /** Forgets all connections without a word to their peers, and stops their timers. */
    public void close() {
        listeners.clear();
        calls.clear();
        List.copyOf(connections.values()).forEach(connection -> connection.end(TcpEnd.ABORTED));
    }

    /** How many connections there are, in any state. */
    public int connectionCount() {
        return connections.size();
    }

    private Ends ends(int remote, int remotePort, int localPort) {
        return new Ends(address.bits(), localPort, remote, remotePort);
    }

    private static Ends ends(Segment segment) {
        return new Ends(
                segment.destination(),
                segment.destinationPort(),
                segment.source(),
                segment.sourcePort());
    }

    /** Whether there is room for a connection; the oldest in TIME-WAIT goes for it. */
    boolean hasRoom() {
        if (connections.size() >= CONNECTIONS_MAX && !lingering.isEmpty()) {
            lingering.iterator().next().end(TcpEnd.CLOSED);
        }
        return connections.size() < CONNECTIONS_MAX;
    }

    /** Takes a TCP segment at {@code at} in a packet that is lent. */
    public void input(ByteBuf packet, int start, int at, int length) throws WireException {
        Segment segment = spare == null ? new Segment() : spare;
        spare = null;
        try {
            segment.parse(packet, start, at, length);
            input(segment, start);
        } finally {
            segment.done();
            spare = segment;
        }
    }

    private void input(Segment segment, int start) {
        Connection connection = find(segment);
        if (connection != null && reopens(connection, segment)) {
            connection.end(TcpEnd.CLOSED);
            connection = null;
        }
        if (connection != null) {
            connection.input(segment);
            return;
        }
        Listener listener = listeners.get(segment.destinationPort());
        boolean call = segment.has(TcpHeader.SYN) && !segment.has(TcpHeader.ACK | TcpHeader.RST);
        if (listener != null && call) {
            answer(listener, segment);
        } else if (gate != null && (call || calls.has(segment))) {
            calls.input(gate, segment, start);
        } else {
            counters.add(HostCounter.TCP_PORT_CLOSED);
            reset(segment);
        }
    }

    private @Nullable Connection find(Segment segment) {
        return connections.get(
                probe.set(
                        segment.destination(),
                        segment.destinationPort(),
                        segment.source(),
                        segment.sourcePort()));
    }

    /** RFC 9293 3.6.1: a new SYN beyond the old connection may take the place of its TIME-WAIT. */
    private static boolean reopens(Connection connection, Segment segment) {
        long next = connection.receiveNext();
        return connection.state() == TcpState.TIME_WAIT
                && segment.has(TcpHeader.SYN)
                && !segment.has(TcpHeader.ACK | TcpHeader.RST)
                && Sequence.unwrap(next, segment.sequence()) >= next;
    }

    private void answer(Listener listener, Segment syn) {
        if (listener.isFull() || !hasRoom()) {
            counters.add(HostCounter.TCP_TABLE_FULL);
            return;
        }
        Connection connection = called(syn, listener, null, listener.settings());
        listener.began();
        connection.answer(syn);
    }

    /** Enters a connection that a peer wants; its SYN is not answered yet. */
    Connection called(
            Segment syn,
            @Nullable Listener listener,
            @Nullable TcpHandler handler,
            TcpSettings settings) {
        SegmentWriter writer = SegmentWriter.answering(transmitter, syn);
        Connection connection =
                new Connection(this, TcpState.SYN_RECEIVED, writer, listener, handler, settings);
        connections.put(ends(syn), connection);
        return connection;
    }

    /** RFC 9293 3.5.2, group 1: a reset for a segment that belongs to nothing. */
    void reset(Segment segment) {
        if (segment.has(TcpHeader.RST)) {
            return;
        }
        if (!resets.allow(clock.nowNanos())) {
            counters.add(HostCounter.ANSWER_LIMITED);
            return;
        }
        boolean acknowledges = segment.has(TcpHeader.ACK);
        SegmentWriter.answering(transmitter, segment)
                .send(
                        acknowledges ? segment.acknowledgment() : 0,
                        acknowledges ? 0 : segment.sequence() + segment.sequenceLength(),
                        acknowledges ? TcpHeader.RST : TcpHeader.RST | TcpHeader.ACK,
                        0,
                        NO_OPTIONS,
                        null,
                        0);
    }

    /** Takes an ICMP error that quotes a TCP segment. */
    public void error(IcmpErrorMessage error) {
        Connection connection =
                connections.get(
                        new Ends(
                                error.source(),
                                error.sourcePort(),
                                error.destination().bits(),
                                error.destinationPort()));
        boolean unreachable = error.type() == IcmpHeader.DESTINATION_UNREACHABLE;
        if (connection == null || !unreachable) {
            counters.add(HostCounter.ICMP_FOR_NOBODY);
            return;
        }
        ErrorArrival.input(connection, error);
    }

    /** The connection is in TIME-WAIT from now on. */
    void lingers(Connection connection) {
        lingering.add(connection);
    }

    void remove(Connection connection) {
        SegmentWriter writer = connection.writer();
        lingering.remove(connection);
        connections.remove(
                new Ends(writer.local(), writer.localPort(), writer.remote(), writer.remotePort()),
                connection);
    }

    void remove(Listener listener) {
        listeners.remove(listener.port(), listener);
    }
}
