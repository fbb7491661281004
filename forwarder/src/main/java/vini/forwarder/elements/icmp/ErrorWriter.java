package vini.forwarder.elements.icmp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Counter;
import vini.forwarder.Loop;
import vini.forwarder.Packet;
import vini.forwarder.host.RateLimit;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;

/** Makes the ICMP errors that a translator itself sends; so many a second at most. */
public final class ErrorWriter {
    /** The longest error, RFC 1812 4.3.2.3. */
    private static final int BYTES_MAX = 576;

    private static final int HEADERS = Ipv4Header.BYTES + IcmpHeader.BYTES;
    private static final int TTL = 64;
    private static final int RATE = 1000;
    private static final int BURST = 256;

    private final Loop loop;
    private final Counter told;
    private final Counter limited;
    private final Counter sent;
    private final RateLimit limit = new RateLimit(RATE, BURST);
    private int id;

    /**
     * What an error says.
     *
     * @param word behind the checksum: 0, or the next hop's MTU
     */
    public record Kind(int type, int code, int word) {
        /** A destination unreachable. */
        public static Kind unreachable(int code) {
            return new Kind(IcmpHeader.DESTINATION_UNREACHABLE, code, 0);
        }
    }

    /**
     * A writer for one element.
     *
     * @param told counts errors
     * @param limited counts those that there were too many of
     * @param sent where the graph's books count packets that begin
     */
    public ErrorWriter(Loop loop, Counter told, Counter limited, Counter sent) {
        this.loop = loop;
        this.told = told;
        this.limited = limited;
        this.sent = sent;
    }

    /** Goes on where another one ends. */
    public void takeOver(ErrorWriter other) {
        id = other.id;
        limit.take(other.limit);
    }

    /**
     * An error, or null if there were too many.
     *
     * @param quote has the IPv4 packet that it is about
     * @param at where that begins
     * @param bytes of it that there are; no more is quoted than an error may have
     */
    public @Nullable Packet write(Kind kind, int source, int to, ByteBuf quote, int at, int bytes) {
        if (!limit.allow(loop.clock().nowNanos())) {
            limited.increment();
            return null;
        }
        told.increment();
        sent.increment();
        int quoted = Math.min(bytes, BYTES_MAX - HEADERS);
        int length = HEADERS + quoted;
        Packet error = loop.packets().allocate(length);
        ByteBuf out = error.buffer();
        out.writerIndex(error.start());
        Ipv4Header.emit(
                out,
                Ipv4Header.TOS_INTERNETWORK_CONTROL,
                length,
                id++,
                0,
                TTL,
                Ipv4Header.ICMP,
                source,
                to);
        out.writeByte(kind.type()).writeByte(kind.code()).writeShort(0).writeInt(kind.word());
        out.writeBytes(quote, at, quoted);
        IcmpHeader.seal(out, error.start() + Ipv4Header.BYTES, length - Ipv4Header.BYTES);
        error.networkHeader(0);
        error.transportHeader(Ipv4Header.BYTES);
        error.destination(to);
        error.timestampNanos(loop.clock().epochNanos());
        return error;
    }
}
