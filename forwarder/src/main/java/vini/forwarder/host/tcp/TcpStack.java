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
import java.util.List;
import java.util.Map;
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

    private final Clock clock;
    private final RandomGenerator random;
    private final Ipv4Address address;
    private final IpTransmitter transmitter;
    private final HostCounters counters;
    private final Map<Integer, Listener> listeners = new TreeMap<>();
    private final Map<Long, Connection> connections = new LinkedHashMap<>();
    private final RateLimit resets = new RateLimit(1000, 100);

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
                                                key(destination.bits(), port, candidate)));
        return connect(local, destination, port, handler, settings);
    }

    /** The same from a port of the caller's choice. */
    public TcpConnection connect(
            int local, Ipv4Address destination, int port, TcpHandler handler, TcpSettings settings)
            throws IOException {
        long key = key(destination.bits(), port, local);
        if (connections.size() >= CONNECTIONS_MAX || connections.containsKey(key)) {
            throw new IOException("no room for a connection from port " + local);
        }
        SegmentWriter writer =
                new SegmentWriter(transmitter, address.bits(), destination.bits(), local, port);
        Connection connection =
                new Connection(
                        this, writer, null, handler, settings, random.nextInt(), random.nextInt());
        connections.put(key, connection);
        connection.sender().sendSyn();
        return connection;
    }

    /** Forgets all connections without a word to their peers, and stops their timers. */
    public void close() {
        listeners.clear();
        List.copyOf(connections.values()).forEach(connection -> connection.end(TcpEnd.ABORTED));
    }

    /** How many connections there are, in any state. */
    public int connectionCount() {
        return connections.size();
    }

    private static long key(int remote, int remotePort, int localPort) {
        return (long) remote << 32 | (long) remotePort << 16 | localPort;
    }

    /** Takes a TCP segment at {@code at} in a packet that is lent. */
    public void input(ByteBuf packet, int start, int at, int length) throws WireException {
        Segment segment = Segment.parse(packet, start, at, length);
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
        } else {
            counters.add(HostCounter.TCP_PORT_CLOSED);
            reset(segment);
        }
    }

    private @Nullable Connection find(Segment segment) {
        Connection connection =
                connections.get(
                        key(segment.source(), segment.sourcePort(), segment.destinationPort()));
        boolean toIt = connection != null && connection.writer().local() == segment.destination();
        return toIt ? connection : null;
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
        long key = key(syn.source(), syn.sourcePort(), syn.destinationPort());
        if (listener.isFull()
                || connections.size() >= CONNECTIONS_MAX
                || connections.containsKey(key)) {
            counters.add(HostCounter.TCP_TABLE_FULL);
            return;
        }
        SegmentWriter writer = SegmentWriter.answering(transmitter, syn);
        Connection connection =
                new Connection(
                        this,
                        writer,
                        listener,
                        null,
                        listener.settings(),
                        random.nextInt(),
                        random.nextInt());
        connections.put(key, connection);
        listener.began();
        connection.answer(syn);
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
                        TcpOptions.NONE,
                        null,
                        0);
    }

    /** Takes an ICMP error that quotes a TCP segment. */
    public void error(IcmpErrorMessage error) {
        Connection connection =
                connections.get(
                        key(
                                error.destination().bits(),
                                error.destinationPort(),
                                error.sourcePort()));
        boolean unreachable = error.type() == IcmpHeader.DESTINATION_UNREACHABLE;
        if (connection == null || connection.writer().local() != error.source() || !unreachable) {
            counters.add(HostCounter.ICMP_FOR_NOBODY);
            return;
        }
        ErrorArrival.input(connection, error);
    }

    void remove(Connection connection) {
        SegmentWriter writer = connection.writer();
        connections.remove(
                key(writer.remote(), writer.remotePort(), writer.localPort()), connection);
    }

    void remove(Listener listener) {
        listeners.remove(listener.port(), listener);
    }
}
