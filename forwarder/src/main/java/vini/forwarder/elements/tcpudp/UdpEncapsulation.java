package vini.forwarder.elements.tcpudp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.Ipv4Address;
import vini.net.wire.Ipv4Header;
import vini.net.wire.UdpHeader;

/** Puts a UDP and an IP header in front of packets; what UDPIPEncap and its variant share. */
abstract class UdpEncapsulation extends Element {
    private static final int HEADERS = Ipv4Header.BYTES + UdpHeader.BYTES;
    private static final int LENGTH_MAX = 0xffff;
    private static final int TTL = 250;
    private static final String BY_ANNOTATION = "DST_ANNO";

    private int source;
    private int destination;
    private boolean toAnnotation;
    private int sourcePort;
    private int destinationPort;
    private boolean checksum;
    private int id;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter tooLong;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        source = arguments.required("SRC", addresses()::ip).bits();
        sourcePort = arguments.required("SPORT", portNumbers()::udp);
        setDestination(arguments.required("DST", text -> text));
        destinationPort = arguments.required("DPORT", portNumbers()::udp);
        checksum = arguments.optional("CHECKSUM", ArgumentTypes::bool, true);
    }

    private void setDestination(String text) throws ConfigException {
        try {
            toAnnotation = text.strip().equals(BY_ANNOTATION);
            destination = toAnnotation ? 0 : addresses().ip(text).bits();
        } catch (IllegalArgumentException e) {
            throw new ConfigException("DST: " + e.getMessage());
        }
    }

    @Override
    protected void initialize() throws ConfigException {
        tooLong = drops("tooLong");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (packet.length() > LENGTH_MAX - HEADERS) {
            tooLong.drop(packet);
            return null;
        }
        int to = toAnnotation ? packet.destination() : destination;
        Packet wrapped = packet.prepend(HEADERS);
        int length = wrapped.length();
        ByteBuf bytes = wrapped.buffer();
        bytes.writerIndex(wrapped.start());
        Ipv4Header.emit(bytes, 0, length, id++, 0, TTL, Ipv4Header.UDP, source, to);
        int udp = bytes.writerIndex();
        int udpLength = length - Ipv4Header.BYTES;
        UdpHeader.emit(bytes, sourcePort, destinationPort, udpLength);
        if (checksum) {
            UdpHeader.seal(bytes, udp, udpLength, source, to);
        }
        wrapped.networkHeader(0);
        wrapped.transportHeader(Ipv4Header.BYTES);
        wrapped.destination(to);
        return wrapped;
    }

    /** Goes on to the next pair of ports; after 65535 comes 0. */
    final void nextPorts() {
        sourcePort = sourcePort + 1 & LENGTH_MAX;
        destinationPort = destinationPort + 1 & LENGTH_MAX;
    }

    @Override
    protected void takeState(Element old) {
        UdpEncapsulation other = (UdpEncapsulation) old;
        id = other.id;
        if (isConfiguredAs(other)) {
            sourcePort = other.sourcePort;
            destinationPort = other.destinationPort;
        }
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("src", () -> new Ipv4Address(source));
        handlers.write("src", value -> source = addresses().ip(value.strip()).bits());
        handlers.read("sport", () -> sourcePort);
        handlers.write("sport", value -> sourcePort = portNumbers().udp(value.strip()));
        handlers.read("dst", () -> toAnnotation ? BY_ANNOTATION : new Ipv4Address(destination));
        handlers.write(
                "dst",
                value -> {
                    try {
                        setDestination(value.strip());
                    } catch (ConfigException e) {
                        throw new IllegalArgumentException(e.getMessage(), e);
                    }
                });
        handlers.read("dport", () -> destinationPort);
        handlers.write("dport", value -> destinationPort = portNumbers().udp(value.strip()));
    }
}
