package vini.forwarder.elements.napt;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Counter;
import vini.forwarder.Loop;
import vini.forwarder.Packet;
import vini.forwarder.host.RateLimit;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;

/** Makes the ICMP errors that a NAPT itself sends; so many a second at most. */
final class ErrorWriter {
    /** The longest error, RFC 1812 4.3.2.3. */
    private static final int BYTES_MAX = 576;

    private static final int HEADERS = Ipv4Header.BYTES + IcmpHeader.BYTES;
    private static final int TTL = 64;
    private static final int RATE = 1000;
    private static final int BURST = 256;

    private final Loop loop;
    private final NaptCounts counts;
    private final Counter sent;
    private final RateLimit limit = new RateLimit(RATE, BURST);
    private int id;

    /**
     * @param sent where the graph's books count packets that begin
     */
    ErrorWriter(Loop loop, NaptCounts counts, Counter sent) {
        this.loop = loop;
        this.counts = counts;
        this.sent = sent;
    }

    void takeOver(ErrorWriter other) {
        id = other.id;
        limit.take(other.limit);
    }

    /** A destination unreachable of that code about a packet, or null if there were too many. */
    @Nullable Packet unreachable(int code, int source, Packet about, HeaderView view) {
        int quoted = Math.min(view.end - view.header, BYTES_MAX - HEADERS);
        Packet error = begin(source, view.source, code, quoted);
        if (error != null) {
            ByteBuf bytes = error.buffer();
            bytes.writeBytes(about.buffer(), about.start() + view.header, quoted);
            IcmpHeader.seal(
                    bytes, error.start() + Ipv4Header.BYTES, error.length() - Ipv4Header.BYTES);
        }
        return error;
    }

    /** The same about one of which some bytes were kept. */
    @Nullable Packet unreachable(int code, int source, int to, byte[] quote, int quoted) {
        Packet error = begin(source, to, code, quoted);
        if (error != null) {
            ByteBuf bytes = error.buffer();
            bytes.writeBytes(quote, 0, quoted);
            IcmpHeader.seal(
                    bytes, error.start() + Ipv4Header.BYTES, error.length() - Ipv4Header.BYTES);
        }
        return error;
    }

    private @Nullable Packet begin(int source, int to, int code, int quoted) {
        if (!limit.allow(loop.clock().nowNanos())) {
            counts.errorsLimited.increment();
            return null;
        }
        counts.errorsSent.increment();
        sent.increment();
        int length = HEADERS + quoted;
        Packet error = loop.packets().allocate(length);
        ByteBuf bytes = error.buffer();
        bytes.writerIndex(error.start());
        Ipv4Header.emit(
                bytes,
                Ipv4Header.TOS_INTERNETWORK_CONTROL,
                length,
                id++,
                0,
                TTL,
                Ipv4Header.ICMP,
                source,
                to);
        bytes.writeByte(IcmpHeader.DESTINATION_UNREACHABLE).writeByte(code);
        bytes.writeShort(0).writeInt(0);
        error.networkHeader(0);
        error.transportHeader(Ipv4Header.BYTES);
        error.destination(to);
        error.timestampNanos(loop.clock().epochNanos());
        return error;
    }
}
