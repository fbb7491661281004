package vini.forwarder.io;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.net.Ipv6Address;

/**
 * An address and a port, as a socket of one family says it to the kernel; and, if it matters, from
 * which address of ours it is spoken to: who got an answer from another address than it asked would
 * not know it. Those that came with datagrams are compared where the kernel wrote them, without an
 * object for each.
 *
 * <p>A socket of IPv6 says an address of IPv4 as {@code ::ffff:a.b.c.d} (RFC 4291, 2.5.5.2); here
 * it is one of IPv4 all the same.
 */
public final class Endpoint {
    /** Room for the longest, {@code struct sockaddr_in6}, and to the next multiple of eight. */
    public static final int BYTES_MAX = 32;

    private static final int INET_BYTES = 16;
    private static final int INET6_BYTES = 28;
    private static final long MAPPED = 0xffffL << 32;

    // struct cmsghdr with struct in_pktinfo or in6_pktinfo, ip(7) and ipv6(7)
    private static final int SOL_IP = 0;
    private static final int IP_PKTINFO = 8;
    private static final int SOL_IPV6 = 41;
    private static final int IPV6_RECVPKTINFO = 49;
    private static final int IPV6_PKTINFO = 50;
    private static final int CONTROL_HEADER_BYTES = 16;
    private static final int PKTINFO_BYTES = 12;
    private static final int PKTINFO6_BYTES = 20;
    private static final int ADDRESS_AT = 4;

    /** Room for what {@link #writeLocal} writes. */
    public static final int LOCAL_BYTES_MAX = 40;

    /** Family, port and flow label: what a sender puts into the label says nothing here. */
    private static final long WITHOUT_LABEL = 0xffffffffL;

    private final IpAddress address;
    private final int port;
    private final int family;

    // struct sockaddr, in the order of bytes of the machine, which is little-endian.
    private final long first;
    private final long second;
    private final long third;
    private final int scope;

    /** Our address as one of IPv6, in two numbers; both are zero where it does not matter. */
    private final long localHigh;

    private final long localLow;

    private Endpoint(int family, long first, long second, long third, int scope) {
        this(family, first, second, third, scope, 0, 0);
    }

    private Endpoint(
            int family,
            long first,
            long second,
            long third,
            int scope,
            long localHigh,
            long localLow) {
        this.localHigh = localHigh;
        this.localLow = localLow;
        this.family = family;
        this.first = first;
        this.second = second;
        this.third = third;
        this.scope = scope;
        port = Short.reverseBytes((short) (first >>> 16)) & 0xffff;
        long high = Long.reverseBytes(second);
        long low = Long.reverseBytes(third);
        address =
                family == Sockaddr.AF_INET
                        ? new Ipv4Address(Integer.reverseBytes((int) (first >>> 32)))
                        : high == 0 && (low & 0xffffffff00000000L) == MAPPED
                                ? new Ipv4Address((int) low)
                                : new Ipv6Address(high, low);
    }

    /** As a socket of the address's own family says it; {@code port} is 0-65535. */
    public static Endpoint of(IpAddress address, int port) {
        return of(address, port, Sockaddr.family(address));
    }

    /**
     * As a socket of that family says it.
     *
     * @throws IllegalArgumentException where a socket of IPv4 cannot say an address of IPv6
     */
    public static Endpoint of(IpAddress address, int port, int family) {
        long head = family | (long) (Short.reverseBytes((short) port) & 0xffff) << 16;
        return switch (address) {
            case Ipv4Address v4 when family == Sockaddr.AF_INET ->
                    new Endpoint(
                            family, head | (long) Integer.reverseBytes(v4.bits()) << 32, 0, 0, 0);
            case Ipv4Address v4 ->
                    new Endpoint(
                            family,
                            head,
                            0,
                            Long.reverseBytes(MAPPED | v4.bits() & 0xffffffffL),
                            0);
            case Ipv6Address v6 when family == Sockaddr.AF_INET6 ->
                    new Endpoint(
                            family,
                            head,
                            Long.reverseBytes(v6.high()),
                            Long.reverseBytes(v6.low()),
                            0);
            case Ipv6Address v6 ->
                    throw new IllegalArgumentException(
                            v6 + " is of IPv6, and the socket of IPv4 only");
        };
    }

    /**
     * Reads {@code 192.0.2.1:4001}, {@code [2001:db8::1]:4001} or {@code 2001:db8::1:4001}.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an address and a port like 127.77.0.1:4001");
        }
        String host = text.substring(0, colon);
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        return of(
                IpAddress.parse(brackets ? host.substring(1, host.length() - 1) : host),
                Integer.parseInt(port));
    }

    /** What the kernel wrote, of either family. */
    public static Endpoint read(ByteBuf from, int at) {
        return from.getUnsignedShortLE(at) == Sockaddr.AF_INET
                ? new Endpoint(Sockaddr.AF_INET, from.getLongLE(at), 0, 0, 0)
                : new Endpoint(
                        Sockaddr.AF_INET6,
                        from.getLongLE(at) & WITHOUT_LABEL,
                        from.getLongLE(at + 8),
                        from.getLongLE(at + 16),
                        from.getIntLE(at + 24));
    }

    /** The same, spoken to from that address of ours; zeros mean that it does not matter. */
    public Endpoint from(long high, long low) {
        return high == localHigh && low == localLow
                ? this
                : new Endpoint(family, first, second, third, scope, high, low);
    }

    /** Whether it is spoken to from that address of ours. */
    public boolean isFrom(long high, long low) {
        return high == localHigh && low == localLow;
    }

    /** The high part of an address of IPv6 in the kernel's words on a datagram that came. */
    public static long localHigh(ByteBuf from, int control) {
        return from.getIntLE(control + 8) == SOL_IPV6
                ? from.getLong(control + CONTROL_HEADER_BYTES)
                : 0;
    }

    /** The low part, or the address of IPv4; 0 if these words say something else. */
    public static long localLow(ByteBuf from, int control) {
        int level = from.getIntLE(control + 8);
        int type = from.getIntLE(control + 12);
        int at = control + CONTROL_HEADER_BYTES;
        if (level == SOL_IP && type == IP_PKTINFO) {
            return MAPPED | from.getUnsignedInt(at + ADDRESS_AT);
        }
        return level == SOL_IPV6 && type == IPV6_PKTINFO ? from.getLong(at + Long.BYTES) : 0;
    }

    /**
     * Writes for the kernel from which of our addresses it is spoken to.
     *
     * @return how many bytes that took, 0 where it does not matter
     */
    public int writeLocal(ByteBuf to, int at) {
        if (localHigh == 0 && localLow == 0) {
            return 0;
        }
        boolean inet = family == Sockaddr.AF_INET;
        int bytes = CONTROL_HEADER_BYTES + (inet ? PKTINFO_BYTES : PKTINFO6_BYTES);
        int data = at + CONTROL_HEADER_BYTES;
        to.setLongLE(at, bytes);
        to.setIntLE(at + 8, inet ? SOL_IP : SOL_IPV6);
        to.setIntLE(at + 12, inet ? IP_PKTINFO : IPV6_PKTINFO);
        if (inet) {
            // The index of the device, which the kernel may choose.
            to.setInt(data, 0);
            to.setInt(data + ADDRESS_AT, (int) localLow);
            to.setInt(data + ADDRESS_AT + Integer.BYTES, 0);
        } else {
            to.setLong(data, localHigh);
            to.setLong(data + Long.BYTES, localLow);
            to.setInt(data + 2 * Long.BYTES, 0);
        }
        return bytes + Long.BYTES - 1 & -Long.BYTES;
    }

    /** Lets the kernel say with each datagram of a socket to which of our addresses it came. */
    public static void askForLocal(int descriptor, int family) throws LibcException {
        if (family == Sockaddr.AF_INET) {
            Libc.setsockopt(descriptor, SOL_IP, IP_PKTINFO, 1);
        } else {
            Libc.setsockopt(descriptor, SOL_IPV6, IPV6_RECVPKTINFO, 1);
        }
    }

    /** Whether what the kernel wrote there is this one. */
    public boolean isAt(ByteBuf from, int at) {
        return family == Sockaddr.AF_INET
                ? from.getLongLE(at) == first
                : (from.getLongLE(at) & WITHOUT_LABEL) == first
                        && from.getLongLE(at + 16) == third
                        && from.getLongLE(at + 8) == second
                        && from.getIntLE(at + 24) == scope;
    }

    /** Writes it for the kernel, {@link #bytes} long. */
    public void write(ByteBuf to, int at) {
        to.setLongLE(at, first);
        to.setLongLE(at + 8, second);
        if (family != Sockaddr.AF_INET) {
            to.setLongLE(at + 16, third);
            to.setIntLE(at + 24, scope);
        }
    }

    /** How long it is for the kernel. */
    public int bytes() {
        return family == Sockaddr.AF_INET ? INET_BYTES : INET6_BYTES;
    }

    /** The same as a socket of that family says it, see {@link #of(IpAddress, int, int)}. */
    public Endpoint on(int otherFamily) {
        return otherFamily == family ? this : of(address, port, otherFamily);
    }

    /** Whether it stands for all addresses of a machine. */
    public boolean isUnspecified() {
        return family == Sockaddr.AF_INET ? first >>> 32 == 0 : second == 0 && third == 0;
    }

    public IpAddress address() {
        return address;
    }

    public int port() {
        return port;
    }

    /** {@code AF_INET} or {@code AF_INET6}: of the socket that says it. */
    public int family() {
        return family;
    }

    /** For {@link Libc#bind} and its like. */
    public byte[] sockaddr() {
        return Sockaddr.ip(address, port);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Endpoint that
                && first == that.first
                && second == that.second
                && third == that.third
                && scope == that.scope
                && localHigh == that.localHigh
                && localLow == that.localLow;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first * 31 + second * 17 + third) + scope;
    }

    /** {@code 192.0.2.1:4001} or {@code [2001:db8::1]:4001}. */
    @Override
    public String toString() {
        return address instanceof Ipv4Address ? address + ":" + port : "[" + address + "]:" + port;
    }
}
