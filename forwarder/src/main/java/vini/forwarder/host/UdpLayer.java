package vini.forwarder.host;

import io.netty.buffer.ByteBuf;

import vini.net.Ipv4Address;
import vini.net.wire.Ipv4Header;
import vini.net.wire.UdpHeader;
import vini.net.wire.WireException;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** UDP of the builtin host. */
final class UdpLayer {
    private static final int OPEN_MAX = 1024;

    private final RandomGenerator random;
    private final Ipv4Address address;
    private final IpTransmitter transmitter;
    private final HostCounters counters;
    private final Map<Integer, Endpoint> open = new TreeMap<>();

    UdpLayer(
            RandomGenerator random,
            Ipv4Address address,
            IpTransmitter transmitter,
            HostCounters counters) {
        this.random = random;
        this.address = address;
        this.transmitter = transmitter;
        this.counters = counters;
    }

    UdpEndpoint open(int port, UdpReceiver receiver) throws IOException {
        if (open.size() >= OPEN_MAX) {
            throw new IOException(OPEN_MAX + " UDP ports are open already");
        }
        int chosen = port == 0 ? Ports.free(random, open::containsKey) : port;
        Endpoint endpoint = new Endpoint(chosen, receiver);
        if (open.putIfAbsent(chosen, endpoint) != null) {
            throw new IOException("UDP port " + chosen + " is in use");
        }
        return endpoint;
    }

    /** Handles a datagram; false if nobody listens on its port. */
    boolean input(ByteBuf packet, int start, int at, int available) throws WireException {
        int source = packet.getInt(start + Ipv4Header.SOURCE_AT);
        int destination = packet.getInt(start + Ipv4Header.DESTINATION_AT);
        int length = UdpHeader.check(packet, at, available, source, destination);
        int port = packet.getUnsignedShort(at + UdpHeader.DESTINATION_PORT_AT);
        Endpoint endpoint = open.get(port);
        if (endpoint == null) {
            counters.add(HostCounter.UDP_PORT_CLOSED);
            return false;
        }
        int from = packet.getUnsignedShort(at + UdpHeader.SOURCE_PORT_AT);
        // Lent as it is, with other indexes: a slice would be an object for each packet.
        packet.setIndex(at + UdpHeader.BYTES, at + length);
        endpoint.receiver.received(endpoint.peer(source), from, packet);
        return true;
    }

    void error(IcmpErrorMessage error) {
        Endpoint endpoint = open.get(error.sourcePort());
        if (endpoint == null || error.source() != address.bits()) {
            counters.add(HostCounter.ICMP_FOR_NOBODY);
            return;
        }
        endpoint.receiver.error(error.from(), error.type(), error.code());
    }

    private final class Endpoint implements UdpEndpoint {
        private final int port;
        private final UdpReceiver receiver;
        private Ipv4Address latest = Ipv4Address.ANY;

        Endpoint(int port, UdpReceiver receiver) {
            this.port = port;
            this.receiver = receiver;
        }

        /** An address as an object, which is not made anew for each packet of a flow. */
        Ipv4Address peer(int bits) {
            if (latest.bits() != bits) {
                latest = new Ipv4Address(bits);
            }
            return latest;
        }

        @Override
        public int port() {
            return port;
        }

        @Override
        public void send(Ipv4Address destination, int destinationPort, ByteBuf payload) {
            int length = UdpHeader.BYTES + payload.readableBytes();
            ByteBuf packet =
                    transmitter.begin(
                            address.bits(),
                            destination.bits(),
                            Ipv4Header.UDP,
                            length,
                            IpTransmitter.TTL);
            int udp = packet.writerIndex();
            UdpHeader.emit(packet, port, destinationPort, length);
            packet.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
            UdpHeader.seal(packet, udp, length, address.bits(), destination.bits());
            transmitter.send(packet);
        }

        @Override
        public void close() {
            open.remove(port, this);
        }
    }
}
