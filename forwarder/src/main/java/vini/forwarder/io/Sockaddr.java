package vini.forwarder.io;

import vini.net.IpAddress;
import vini.net.Ipv4Address;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The kernel's socket addresses as bytes, for {@link Libc#bind} and its like. */
public final class Sockaddr {
    public static final int AF_UNIX = 1;
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;
    public static final int AF_NETLINK = 16;
    public static final int AF_PACKET = 17;

    /** A path with its ending zero must fit {@code sun_path}, see unix(7). */
    public static final int UNIX_PATH_BYTES_MAX = 107;

    private static final int INET_BYTES = 16;
    private static final int INET6_BYTES = 28;
    private static final int NETLINK_BYTES = 12;
    private static final int LINK_BYTES = 20;

    private Sockaddr() {}

    /** {@code AF_INET} or {@code AF_INET6}, as the address is. */
    public static int family(IpAddress address) {
        return address instanceof Ipv4Address ? AF_INET : AF_INET6;
    }

    /** {@code sockaddr_in} or {@code sockaddr_in6}: port (0-65535) in network order. */
    public static byte[] ip(IpAddress address, int port) {
        return address instanceof Ipv4Address
                ? start(AF_INET, INET_BYTES)
                        .order(ByteOrder.BIG_ENDIAN)
                        .putShort((short) port)
                        .put(address.toBytes())
                        .array()
                : start(AF_INET6, INET6_BYTES)
                        .order(ByteOrder.BIG_ENDIAN)
                        .putShort((short) port)
                        .putInt(0) // flow label
                        .put(address.toBytes())
                        .array();
    }

    /** {@code sockaddr_nl} of port 0: for binding, let the kernel choose; else the kernel. */
    public static byte[] netlink() {
        return start(AF_NETLINK, NETLINK_BYTES).array();
    }

    /**
     * {@code sockaddr_ll}: all packets of a protocol on one device.
     *
     * @param protocol of linux/if_ether.h, such as 0x0800
     * @param index of the device
     */
    public static byte[] link(int protocol, int index) {
        return start(AF_PACKET, LINK_BYTES)
                .order(ByteOrder.BIG_ENDIAN)
                .putShort((short) protocol)
                .order(ByteOrder.nativeOrder())
                .putInt(index)
                .array();
    }

    /**
     * {@code sockaddr_un}.
     *
     * @throws IllegalArgumentException when the path is longer than {@link #UNIX_PATH_BYTES_MAX}
     */
    public static byte[] unix(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > UNIX_PATH_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "the socket path \""
                            + path
                            + "\" has "
                            + bytes.length
                            + " bytes, more than the "
                            + UNIX_PATH_BYTES_MAX
                            + " that a Unix socket may have");
        }
        return start(AF_UNIX, Short.BYTES + bytes.length + 1).put(bytes).array();
    }

    private static ByteBuffer start(int family, int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder()).putShort((short) family);
    }
}
