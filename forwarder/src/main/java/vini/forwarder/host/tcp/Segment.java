package vini.forwarder.host.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import vini.net.wire.Ipv4Header;
import vini.net.wire.TcpHeader;
import vini.net.wire.TcpOptions;
import vini.net.wire.WireException;

/**
 * A segment that came in, checked. Made once and used for one after the other; who keeps one takes
 * it {@link #withoutData}.
 */
final class Segment {
    private final TcpOptions options;
    private int source;
    private int destination;
    private int sourcePort;
    private int destinationPort;
    private int sequence;
    private int acknowledgment;
    private int flags;
    private int window;
    private ByteBuf packet = Unpooled.EMPTY_BUFFER;
    private int payloadAt;
    private int payloadBytes;

    Segment() {
        this(new TcpOptions());
    }

    private Segment(TcpOptions options) {
        this.options = options;
    }

    /** Reads the segment at {@code at} in an IP packet, which stays the caller's. */
    void parse(ByteBuf lent, int ip, int at, int length) throws WireException {
        source = lent.getInt(ip + Ipv4Header.SOURCE_AT);
        destination = lent.getInt(ip + Ipv4Header.DESTINATION_AT);
        int header = TcpHeader.check(lent, at, length, source, destination);
        sourcePort = lent.getUnsignedShort(at + TcpHeader.SOURCE_PORT_AT);
        destinationPort = lent.getUnsignedShort(at + TcpHeader.DESTINATION_PORT_AT);
        sequence = lent.getInt(at + TcpHeader.SEQUENCE_AT);
        acknowledgment = lent.getInt(at + TcpHeader.ACKNOWLEDGMENT_AT);
        flags = lent.getUnsignedByte(at + TcpHeader.FLAGS_AT);
        window = lent.getUnsignedShort(at + TcpHeader.WINDOW_AT);
        options.parse(lent, at + TcpHeader.OPTIONS_AT, header - TcpHeader.BYTES);
        packet = lent;
        payloadAt = at + header;
        payloadBytes = length - header;
    }

    /** The packet goes back to who lent it. */
    void done() {
        packet = Unpooled.EMPTY_BUFFER;
    }

    /** The same in an object of its own, as if it had had no data. */
    Segment withoutData() {
        Segment copy = new Segment(options.copy());
        copy.source = source;
        copy.destination = destination;
        copy.sourcePort = sourcePort;
        copy.destinationPort = destinationPort;
        copy.sequence = sequence;
        copy.acknowledgment = acknowledgment;
        copy.flags = flags;
        copy.window = window;
        return copy;
    }

    int source() {
        return source;
    }

    int destination() {
        return destination;
    }

    int sourcePort() {
        return sourcePort;
    }

    int destinationPort() {
        return destinationPort;
    }

    int sequence() {
        return sequence;
    }

    int acknowledgment() {
        return acknowledgment;
    }

    int flags() {
        return flags;
    }

    int window() {
        return window;
    }

    TcpOptions options() {
        return options;
    }

    /** Its bytes at {@link #payloadAt} are the data; lent. */
    ByteBuf packet() {
        return packet;
    }

    int payloadAt() {
        return payloadAt;
    }

    int payloadBytes() {
        return payloadBytes;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** SEG.LEN: the data, and one each for SYN and FIN. */
    int sequenceLength() {
        return payloadBytes + (has(TcpHeader.SYN) ? 1 : 0) + (has(TcpHeader.FIN) ? 1 : 0);
    }
}
