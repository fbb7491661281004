package vini.forwarder.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import org.jspecify.annotations.Nullable;

import vini.net.Ipv4Address;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Datagrams with their addresses: one {@code struct msghdr} with room for an address and for what
 * the kernel says besides, used again and again. It belongs to one thread and lives until it is not
 * referred to any more.
 */
public final class SocketMessage {
    /** Also cut off packets return their length, see recv(2). */
    public static final int MSG_TRUNC = 0x20;

    /** Asks for the time of each packet, setsockopt of SOL_SOCKET. */
    public static final int SO_TIMESTAMPNS = 35;

    /** Reads what was queued by {@link #IP_RECVERR}, see ip(7). */
    public static final int MSG_ERRQUEUE = 0x2000;

    /** Asks for the errors of datagrams, setsockopt of {@link #SOL_IP}. */
    public static final int IP_RECVERR = 11;

    public static final int SOL_IP = 0;

    private static final int ADDRESS_BYTES_MAX = 128;
    private static final int CONTROL_BYTES_MAX = 128;

    /** struct cmsghdr: length (8 bytes), level and type (4 each). */
    private static final int CONTROL_HEADER_BYTES = 16;

    // struct msghdr on 64 bits
    private static final int NAME_AT = 0;
    private static final int NAME_LENGTH_AT = 8;
    private static final int VECTOR_AT = 16;
    private static final int VECTORS_AT = 24;
    private static final int CONTROL_AT = 32;
    private static final int CONTROL_LENGTH_AT = 40;
    private static final int FLAGS_AT = 48;
    private static final int HEADER_BYTES = 56;

    private final MemorySegment header;
    private final MemorySegment vector;
    private final MemorySegment name;
    private final MemorySegment control;

    public SocketMessage() {
        Arena arena = Arena.ofAuto();
        header = arena.allocate(HEADER_BYTES, Long.BYTES);
        vector = arena.allocate(2 * Long.BYTES, Long.BYTES);
        name = arena.allocate(ADDRESS_BYTES_MAX, Long.BYTES);
        control = arena.allocate(CONTROL_BYTES_MAX, Long.BYTES);
        header.set(JAVA_LONG, VECTOR_AT, vector.address());
        header.set(JAVA_LONG, VECTORS_AT, 1);
    }

    /** Cuts what is sent into datagrams, or lets the kernel put received ones together, udp(7). */
    private static final int SOL_UDP = 17;

    private static final int UDP_SEGMENT = 103;
    private static final int UDP_GRO = 104;

    private void prepare(long address, long bytes, int nameLength, int controlLength) {
        vector.set(JAVA_LONG, 0, address);
        vector.set(JAVA_LONG, Long.BYTES, bytes);
        header.set(JAVA_LONG, NAME_AT, nameLength == 0 ? 0 : name.address());
        header.set(JAVA_INT, NAME_LENGTH_AT, nameLength);
        header.set(JAVA_LONG, CONTROL_AT, controlLength == 0 ? 0 : control.address());
        header.set(JAVA_LONG, CONTROL_LENGTH_AT, controlLength);
        header.set(JAVA_INT, FLAGS_AT, 0);
    }

    /**
     * Receives into {@code [address, address + bytes)}; then the other methods tell about it.
     *
     * @return as {@link PacketCalls#recvmsg}
     */
    public long receive(int fd, long address, long bytes, int flags) {
        prepare(address, bytes, ADDRESS_BYTES_MAX, CONTROL_BYTES_MAX);
        return PacketCalls.recvmsg(fd, header.address(), flags);
    }

    /**
     * Sends to an address made by {@link Sockaddr}.
     *
     * @return as {@link PacketCalls#sendmsg}
     */
    public long send(int fd, long address, long bytes, byte[] to) {
        MemorySegment.copy(to, 0, name, JAVA_BYTE, 0, to.length);
        prepare(address, bytes, to.length, 0);
        return PacketCalls.sendmsg(fd, header.address(), 0);
    }

    /** Sends to an IPv4 address without making an object for it. */
    public long send(int fd, long address, long bytes, int to, int port) {
        name(to, port);
        prepare(address, bytes, 16, 0);
        return PacketCalls.sendmsg(fd, header.address(), 0);
    }

    /**
     * Sends datagrams that follow each other in memory to an IPv4 address, by one call.
     *
     * @param bytes of all of them, 65,507 at most, and 64 datagrams at most
     * @param segment how long each is but the last, which may be shorter
     * @return as {@link PacketCalls#sendmsg}; {@code -EINVAL} or {@code -EMSGSIZE} if they can only
     *     be sent one by one
     */
    public long sendTrain(int fd, long address, long bytes, int segment, int to, int port) {
        name(to, port);
        control.set(JAVA_LONG, 0, CONTROL_HEADER_BYTES + Short.BYTES);
        control.set(JAVA_INT, 8, SOL_UDP);
        control.set(JAVA_INT, 12, UDP_SEGMENT);
        control.set(JAVA_SHORT, CONTROL_HEADER_BYTES, (short) segment);
        prepare(address, bytes, 16, CONTROL_HEADER_BYTES + Long.BYTES);
        return PacketCalls.sendmsg(fd, header.address(), 0);
    }

    private void name(int to, int port) {
        name.set(JAVA_SHORT, 0, (short) Sockaddr.AF_INET);
        name.set(JAVA_SHORT, 2, bigEndian16(port));
        name.set(JAVA_INT, 4, bigEndian32(to));
        name.set(JAVA_LONG, 8, 0);
    }

    /** Lets the kernel hand over datagrams of one flow together, if it can (since Linux 5.0). */
    public static void acceptTrains(int fd) throws LibcException {
        try {
            Libc.setsockopt(fd, SOL_UDP, UDP_GRO, 1);
        } catch (LibcException e) {
            if (e.errno() != Errno.ENOPROTOOPT) {
                throw e;
            }
        }
    }

    /**
     * How long each datagram is, but the last, of those that were received together; 0 if it is one
     * alone. Only for a socket for which {@link #acceptTrains} is the only thing that was asked.
     */
    public int segmentBytes() {
        if (header.get(JAVA_LONG, CONTROL_LENGTH_AT) < CONTROL_HEADER_BYTES + Integer.BYTES
                || control.get(JAVA_INT, 8) != SOL_UDP
                || control.get(JAVA_INT, 12) != UDP_GRO) {
            return 0;
        }
        return Math.max(0, control.get(JAVA_INT, CONTROL_HEADER_BYTES));
    }

    // x86-64 and AArch64 are little-endian.
    private static short bigEndian16(int value) {
        return Short.reverseBytes((short) value);
    }

    private static int bigEndian32(int value) {
        return Integer.reverseBytes(value);
    }

    /** The sender's address as the kernel wrote it; empty if it has none. */
    public byte[] sender() {
        int length = Math.min(ADDRESS_BYTES_MAX, header.get(JAVA_INT, NAME_LENGTH_AT));
        return name.asSlice(0, Math.max(0, length)).toArray(JAVA_BYTE);
    }

    /** The sender's IPv4 address; 0.0.0.0 if it has none. */
    public Ipv4Address senderAddress() {
        return header.get(JAVA_INT, NAME_LENGTH_AT) < 8
                        || name.get(JAVA_SHORT, 0) != Sockaddr.AF_INET
                ? Ipv4Address.ANY
                : new Ipv4Address(bigEndian32(name.get(JAVA_INT, 4)));
    }

    /** Whether that is the sender's address; makes no object. */
    public boolean isFrom(Ipv4Address address) {
        return header.get(JAVA_INT, NAME_LENGTH_AT) >= 8
                && name.get(JAVA_SHORT, 0) == Sockaddr.AF_INET
                && bigEndian32(name.get(JAVA_INT, 4)) == address.bits();
    }

    /** The sender's port. */
    public int senderPort() {
        return bigEndian16(name.get(JAVA_SHORT, 2)) & 0xffff;
    }

    /** Of a packet socket: the packet's type, PACKET_HOST to PACKET_OUTGOING (0 to 4). */
    public int packetType() {
        return name.get(JAVA_BYTE, 10) & 0xff;
    }

    /** When the kernel got it, in nanoseconds since 1970; 0 if it does not say. */
    public long timestampNanos() {
        // struct cmsghdr: its length (8 bytes), level and type (4 each), then struct timespec.
        if (header.get(JAVA_LONG, CONTROL_LENGTH_AT) < 32
                || control.get(JAVA_INT, 8) != Libc.SOL_SOCKET
                || control.get(JAVA_INT, 12) != SO_TIMESTAMPNS) {
            return 0;
        }
        return control.get(JAVA_LONG, 16) * 1_000_000_000L + control.get(JAVA_LONG, 24);
    }

    /**
     * What a message of the error queue says; null if that is nothing. {@link #senderAddress} and
     * {@link #senderPort} are then where the datagram went, and its bytes are what is left of it.
     */
    public @Nullable SocketError error() {
        long end = Math.min(CONTROL_BYTES_MAX, header.get(JAVA_LONG, CONTROL_LENGTH_AT));
        long at = 0;
        while (at + CONTROL_HEADER_BYTES + SocketError.BYTES <= end) {
            long length = control.get(JAVA_LONG, at);
            if (control.get(JAVA_INT, at + 8) == SOL_IP
                    && control.get(JAVA_INT, at + 12) == IP_RECVERR) {
                long value = at + CONTROL_HEADER_BYTES;
                return SocketError.read(control, value, at + length - value);
            }
            if (length < CONTROL_HEADER_BYTES) {
                return null;
            }
            at += (length + Long.BYTES - 1) & -Long.BYTES;
        }
        return null;
    }
}
