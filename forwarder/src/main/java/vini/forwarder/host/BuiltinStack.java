package vini.forwarder.host;

import io.netty.buffer.ByteBuf;

import vini.forwarder.host.tcp.TcpStack;
import vini.net.Checksum;
import vini.net.Ipv4Address;
import vini.net.wire.Ipv4Header;
import vini.net.wire.WireException;
import vini.time.Clock;
import vini.time.Timer;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A host in Java: ICMP echo, UDP and TCP over IPv4 packets, with the clock and the chance that it
 * is given. Fragments are dropped and counted. Every packet that comes in is hostile until checked.
 */
public final class BuiltinStack implements HostStack {
    private static final int WAITING_MAX = 1024;

    private final Clock clock;
    private final List<Ipv4Address> addresses;
    private final HostCounters counters = new HostCounters();
    private final IpTransmitter transmitter;
    private final IcmpLayer icmp;
    private final UdpLayer udp;
    private final TcpStack tcp;
    private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
    private final Timer drain;

    /**
     * A stack with these addresses; the first is the one that it sends from.
     *
     * @param random for ports, identifiers and initial sequence numbers
     */
    public BuiltinStack(
            Clock clock, RandomGenerator random, List<Ipv4Address> addresses, IpOutput output) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("a host needs an address");
        }
        this.clock = clock;
        this.addresses = List.copyOf(addresses);
        this.transmitter = new IpTransmitter(output, counters);
        this.icmp = new IcmpLayer(clock, random, address(), transmitter, counters);
        this.udp = new UdpLayer(random, address(), transmitter, counters);
        this.tcp = new TcpStack(clock, random, address(), transmitter, counters);
        this.drain = clock.timer(this::drain);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Ipv4Address address() {
        return addresses.getFirst();
    }

    public HostCounters counters() {
        return counters;
    }

    /** How many TCP connections there are, in any state. */
    public int connectionCount() {
        return tcp.connectionCount();
    }

    /** Its TCP, for what the interface of all hosts cannot do. */
    public TcpStack tcp() {
        return tcp;
    }

    /**
     * Takes over a packet for this host. If it comes from inside {@link IpOutput#send} (a link
     * without delay to a host of the same thread), it waits for an event of its own.
     */
    public void input(ByteBuf packet) {
        if (!transmitter.isSending()) {
            process(packet);
        } else if (waiting.size() < WAITING_MAX) {
            waiting.add(packet);
            drain.after(0);
        } else {
            counters.add(HostCounter.REENTRANT_FULL);
            packet.release();
        }
    }

    /** Drops what waits; to be called when nothing will be sent or received any more. */
    public void close() {
        drain.cancel();
        tcp.close();
        waiting.forEach(ByteBuf::release);
        waiting.clear();
    }

    private void drain() {
        // Only what waits now: what these cause comes after other events of this moment.
        for (int n = waiting.size(); n > 0; n--) {
            process(waiting.remove());
        }
    }

    private void process(ByteBuf packet) {
        counters.add(HostCounter.PACKETS_IN);
        try {
            demultiplex(packet);
        } finally {
            packet.release();
        }
    }

    private void demultiplex(ByteBuf packet) {
        int start = packet.readerIndex();
        try {
            checkHeader(packet, start);
        } catch (WireException e) {
            counters.malformed(HostCounter.BAD_IP, e);
            return;
        }
        if (!isOurs(packet.getInt(start + Ipv4Header.DESTINATION_AT))) {
            counters.add(HostCounter.NOT_FOR_US);
            return;
        }
        int fragment = packet.getUnsignedShort(start + Ipv4Header.FRAGMENT_AT);
        if ((fragment & (Ipv4Header.MORE_FRAGMENTS | Ipv4Header.FRAGMENT_OFFSET_MASK)) != 0) {
            counters.add(HostCounter.FRAGMENT);
            return;
        }
        deliver(packet, start);
    }

    private void deliver(ByteBuf packet, int start) {
        int header = Ipv4Header.headerLength(packet, start);
        int at = start + header;
        int length = packet.getUnsignedShort(start + Ipv4Header.TOTAL_LENGTH_AT) - header;
        try {
            switch (packet.getUnsignedByte(start + Ipv4Header.PROTOCOL_AT)) {
                case Ipv4Header.ICMP -> {
                    IcmpErrorMessage error = icmp.input(packet, start, at, length);
                    if (error != null && error.protocol() == Ipv4Header.UDP) {
                        udp.error(error);
                    } else if (error != null && error.protocol() == Ipv4Header.TCP) {
                        tcp.error(error);
                    }
                }
                case Ipv4Header.UDP -> {
                    if (!udp.input(packet, start, at, length)) {
                        icmp.portUnreachable(packet, start);
                    }
                }
                case Ipv4Header.TCP -> tcp.input(packet, start, at, length);
                default -> counters.add(HostCounter.UNKNOWN_PROTOCOL);
            }
        } catch (WireException e) {
            counters.malformed(badness(packet, start), e);
        }
    }

    private static HostCounter badness(ByteBuf packet, int start) {
        return switch (packet.getUnsignedByte(start + Ipv4Header.PROTOCOL_AT)) {
            case Ipv4Header.ICMP -> HostCounter.BAD_ICMP;
            case Ipv4Header.UDP -> HostCounter.BAD_UDP;
            default -> HostCounter.BAD_TCP;
        };
    }

    private static void checkHeader(ByteBuf packet, int start) throws WireException {
        int available = packet.readableBytes();
        if (available < Ipv4Header.BYTES) {
            throw new WireException("IPv4 needs " + Ipv4Header.BYTES + " bytes, got " + available);
        }
        if (packet.getUnsignedByte(start + Ipv4Header.VERSION_IHL_AT) >>> 4 != 4) {
            throw new WireException("IP version is not 4");
        }
        int header = Ipv4Header.headerLength(packet, start);
        int total = packet.getUnsignedShort(start + Ipv4Header.TOTAL_LENGTH_AT);
        if (header < Ipv4Header.BYTES || header > total || total > available) {
            throw new WireException(
                    "IPv4 lengths " + header + " and " + total + " do not fit " + available);
        }
        if (Checksum.of(packet, start, header) != 0) {
            throw new WireException("IPv4 header checksum is wrong");
        }
    }

    private boolean isOurs(int destination) {
        for (int i = 0; i < addresses.size(); i++) {
            if (addresses.get(i).bits() == destination) {
                return true;
            }
        }
        return false;
    }

    @Override
    public IcmpEcho openEcho(EchoListener listener) throws IOException {
        return icmp.open(listener);
    }

    @Override
    public UdpEndpoint openUdp(int port, UdpReceiver receiver) throws IOException {
        return udp.open(port, receiver);
    }

    @Override
    public TcpListener listen(int port, int windowBytes, TcpAcceptor acceptor) throws IOException {
        TcpSettings.checkWindow(windowBytes);
        return tcp.listen(port, windowBytes, acceptor);
    }

    @Override
    public TcpConnection connect(
            Ipv4Address destination, int port, TcpHandler handler, TcpSettings settings)
            throws IOException {
        return tcp.connect(destination, port, handler, settings);
    }
}
