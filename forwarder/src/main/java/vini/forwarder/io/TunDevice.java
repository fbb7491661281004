package vini.forwarder.io;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A descriptor of a tun device: each read takes one IP packet (of a tap device: one Ethernet frame)
 * that the kernel sent to the device, each write delivers one. Non-blocking; serves from any thread
 * and namespace.
 *
 * @param fd the descriptor, owned by this object
 * @param name the device's name, which the kernel has chosen if a pattern such as {@code vini%d}
 *     was asked for
 * @param offload what stands before each packet and may come in it
 * @param segmentsUdp whether the kernel hands over UDP super-packets, too (since Linux 6.2)
 */
public record TunDevice(int fd, String name, Offload offload, boolean segmentsUdp)
        implements AutoCloseable {
    /** Whether packets carry a virtio header and the kernel leaves work to their receiver. */
    public enum Offload {
        /** Plain IP packets, complete, at most the device's MTU. */
        NONE,
        /**
         * A {@code virtio_net_hdr} of {@link #VIRTIO_HEADER_BYTES} bytes in native order stands
         * before each packet, both ways; TCP and UDP packets may be larger than the MTU and their
         * checksums partial.
         */
        VIRTIO
    }

    /** The length of {@code struct virtio_net_hdr}, linux/virtio_net.h. */
    public static final int VIRTIO_HEADER_BYTES = 10;

    /** Longest name of a network device in bytes. */
    public static final int NAME_BYTES_MAX = 15;

    private static final String DEVICE = "/dev/net/tun";

    // linux/if_tun.h
    private static final int IFF_TUN = 0x0001;
    private static final int IFF_TAP = 0x0002;
    private static final int IFF_NO_PI = 0x1000;
    private static final int IFF_VNET_HDR = 0x4000;
    private static final long TUNSETIFF = 0x400454caL;
    private static final long TUNSETPERSIST = 0x400454cbL;
    private static final long TUNSETOFFLOAD = 0x400454d0L;
    private static final long TUN_F_CSUM = 0x01;
    private static final long TUN_F_TSO4 = 0x02;
    private static final long TUN_F_TSO6 = 0x04;
    private static final long TUN_F_USO4 = 0x20;
    private static final long TUN_F_USO6 = 0x40;

    private static final int IFREQ_BYTES = 40;
    private static final int IFREQ_FLAGS_AT = 16;

    /**
     * Attaches to a device, which is made if it is not there, and then lives as long as the
     * descriptor.
     *
     * @param namespace see {@link Namespace#within}
     * @throws LibcException {@code EBUSY}: another descriptor is attached; {@code EPERM}: no right
     *     to; of {@code open}: the machine has no tun device for this user
     */
    public static TunDevice attach(@Nullable String namespace, String name, Offload offload)
            throws IOException {
        byte[] request = request(name, offload);
        return Namespace.within(namespace, () -> attach(request, offload));
    }

    /** As {@link #attach}, to a tap device: its packets are Ethernet frames, plain ones. */
    public static TunDevice attachTap(@Nullable String namespace, String name) throws IOException {
        byte[] request = request(name, IFF_TAP | IFF_NO_PI);
        return Namespace.within(namespace, () -> attach(request, Offload.NONE));
    }

    private static TunDevice attach(byte[] request, Offload offload) throws LibcException {
        int fd = Libc.open(DEVICE, Libc.O_RDWR | Libc.O_NONBLOCK);
        try {
            Libc.ioctl(fd, "TUNSETIFF " + name(request), TUNSETIFF, request);
            boolean segmentsUdp = offload == Offload.VIRTIO && offer(fd);
            if (offload == Offload.NONE) {
                // A persistent device keeps what the descriptor before this one asked for.
                Libc.ioctl(fd, "TUNSETOFFLOAD", TUNSETOFFLOAD, 0);
            }
            return new TunDevice(fd, name(request), offload, segmentsUdp);
        } catch (LibcException e) {
            Libc.close(fd);
            throw e;
        }
    }

    private static boolean offer(int fd) throws LibcException {
        long tcp = TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6;
        try {
            Libc.ioctl(fd, "TUNSETOFFLOAD", TUNSETOFFLOAD, tcp | TUN_F_USO4 | TUN_F_USO6);
            return true;
        } catch (LibcException e) {
            if (e.errno() != Errno.EINVAL) {
                throw e;
            }
            Libc.ioctl(fd, "TUNSETOFFLOAD", TUNSETOFFLOAD, tcp);
            return false;
        }
    }

    /** Lets the device outlive its descriptors: it goes with its namespace, or by this again. */
    public void persist(boolean persistent) throws LibcException {
        Libc.ioctl(fd, "TUNSETPERSIST " + name, TUNSETPERSIST, persistent ? 1 : 0);
    }

    @Override
    public void close() throws LibcException {
        Libc.close(fd);
    }

    /** {@code struct ifreq}: 16 bytes of name, then the flags. */
    static byte[] request(String name, Offload offload) {
        return request(name, IFF_TUN | IFF_NO_PI | (offload == Offload.VIRTIO ? IFF_VNET_HDR : 0));
    }

    private static byte[] request(String name, int flags) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length == 0 || bytes.length > NAME_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "the device name \"" + name + "\" must have 1-" + NAME_BYTES_MAX + " bytes");
        }
        return ByteBuffer.allocate(IFREQ_BYTES)
                .order(ByteOrder.nativeOrder())
                .put(bytes)
                .putShort(IFREQ_FLAGS_AT, (short) flags)
                .array();
    }

    private static String name(byte[] request) {
        int end = 0;
        while (end < NAME_BYTES_MAX && request[end] != 0) {
            end++;
        }
        return new String(request, 0, end, StandardCharsets.US_ASCII);
    }
}
