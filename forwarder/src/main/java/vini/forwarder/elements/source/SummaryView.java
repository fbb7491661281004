package vini.forwarder.elements.source;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Annotation;
import vini.forwarder.Packet;

/** The headers of one packet at a time, as far as they were captured. */
final class SummaryView {
    static final int ICMP = 1;
    static final int TCP = 6;
    static final int UDP = 17;
    private static final int NONE = -1;
    private static final int IP_BYTES = 20;

    private @Nullable Packet packet;
    private int ip;
    private int headerBytes;
    private int transport;
    private long extraLength;
    private @Nullable String bad;

    /** Looks at another packet; {@code withExtra}: whether the extra length annotation counts. */
    void look(Packet at, boolean withExtra) {
        packet = at;
        bad = null;
        extraLength = withExtra ? at.annotation(Annotation.EXTRA_LENGTH.at(), 4) : 0;
        ip = NONE;
        transport = NONE;
        headerBytes = 0;
        int start = at.networkHeader();
        if (start < 0 || start > at.length() - IP_BYTES) {
            bad = "truncated IP header";
        } else if (at.u8(start) >> 4 != 4) {
            bad = "IP version " + (at.u8(start) >> 4);
        } else if ((at.u8(start) & 0x0f) < 5) {
            bad = "IP header length " + (at.u8(start) & 0x0f);
        } else {
            found(at, start);
        }
    }

    private void found(Packet at, int start) {
        ip = start;
        headerBytes = (at.u8(start) & 0x0f) << 2;
        if (at.length() < start + headerBytes) {
            bad = "truncated IP header";
        } else if (ipLength() < headerBytes) {
            bad = "IP length " + ipLength();
        } else if (fragmentOffset() == 0) {
            transport = start + headerBytes;
        }
    }

    Packet packet() {
        if (packet == null) {
            throw new IllegalStateException("no packet was looked at");
        }
        return packet;
    }

    /** What is wrong with the IP header; null if it is sound. */
    @Nullable String bad() {
        return bad;
    }

    boolean isIp() {
        return ip != NONE;
    }

    /** A byte of the IP header's first twenty, which are there. */
    int ip(int at) {
        return packet().u8(ip + at);
    }

    int ip16(int at) {
        return packet().u16(ip + at);
    }

    int ip32(int at) {
        return packet().i32(ip + at);
    }

    int headerBytes() {
        return headerBytes;
    }

    int ipLength() {
        return ip16(2);
    }

    int protocol() {
        return ip(9);
    }

    /** In bytes. */
    int fragmentOffset() {
        return (ip16(6) & 0x1fff) << 3;
    }

    /** Where the packet's IP part begins in the buffer. */
    int ipOffset() {
        return ip;
    }

    /** Bytes that are there, or are known to have been there. */
    long knownBytes() {
        return packet().length() + extraLength;
    }

    /** Bytes of the IP packet that are there. */
    int capturedBytes() {
        return Math.min(packet().length() - ip, ipLength());
    }

    /**
     * Whether there is such a transport header with so many bytes.
     *
     * @param of 0 for TCP or UDP
     */
    boolean hasTransport(int of, int bytes) {
        return transport != NONE
                && (of == 0 ? protocol() == TCP || protocol() == UDP : protocol() == of)
                && transport + bytes <= ip + capturedBytes();
    }

    int transport(int at) {
        return packet().u8(transport + at);
    }

    int transport16(int at) {
        return packet().u16(transport + at);
    }

    long transport32(int at) {
        return packet().i32(transport + at) & 0xffffffffL;
    }

    /** The length of the TCP header, if all of it is there; else 0. */
    int tcpHeaderBytes() {
        if (!hasTransport(TCP, 13)) {
            return 0;
        }
        int bytes = transport(12) >> 4 << 2;
        return bytes >= 20 && hasTransport(TCP, bytes) ? bytes : 0;
    }

    /** Bytes of the buffer. */
    byte[] transportBytes(int from, int to) {
        return bytes(transport + from, transport + to);
    }

    byte[] bytes(int from, int to) {
        byte[] bytes = new byte[to - from];
        packet().buffer().getBytes(packet().start() + from, bytes);
        return bytes;
    }

    /** Where the payload begins behind the IP header's start; -1 where that cannot be known. */
    int payloadOffset() {
        if (bad != null) {
            return NONE;
        }
        if (transport != NONE && protocol() == TCP) {
            return hasTransport(TCP, 13) ? headerBytes + (transport(12) >> 4 << 2) : NONE;
        }
        return transport != NONE && protocol() == UDP ? headerBytes + 8 : headerBytes;
    }
}
