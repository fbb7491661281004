package vini.forwarder.io;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.net.Ipv6Address;

/**
 * An address and a port, as a socket of one family says it to the kernel. Those that came with
 * datagrams are compared where the kernel wrote them, without an object for each.
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

    private Endpoint(int family, long first, long second, long third, int scope) {
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
                && scope == that.scope;
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
