package vini.forwarder.io;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A packet socket (packet(7)) that is bound to one device: it hears each packet of the device with
 * its link-level header, and sends such. Non-blocking.
 *
 * @param fd the descriptor, owned by this object
 * @param hardwareType see {@link NetworkDevice#hardwareType}
 */
public record PacketSocket(int fd, int hardwareType) implements AutoCloseable {
    private static final int ALL_PROTOCOLS = 0x0003;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_ADD_MEMBERSHIP = 1;
    private static final int PACKET_STATISTICS = 6;
    private static final int PACKET_MR_PROMISC = 1;

    /** Whether the device is to hear what is addressed to others. */
    public enum Hearing {
        OWN,
        PROMISCUOUS
    }

    /** What a packet socket is for: one that hears nothing costs the device nothing. */
    public enum Use {
        HEAR,
        SEND
    }

    /**
     * Opens a socket on a device.
     *
     * @throws IOException when there is no such device, or no right to (CAP_NET_RAW)
     */
    public static PacketSocket open(
            @Nullable String namespace, String device, Use use, Hearing hearing)
            throws IOException {
        NetworkDevice of = new NetworkDevice(namespace, device);
        int index = of.index();
        int type = of.hardwareType();
        int fd =
                Namespace.within(
                        namespace,
                        () ->
                                Libc.socket(
                                        Sockaddr.AF_PACKET, Libc.SOCK_RAW | Libc.SOCK_NONBLOCK, 0));
        try {
            if (hearing == Hearing.PROMISCUOUS) {
                Libc.setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, promiscuous(index));
            }
            Libc.setsockopt(fd, Libc.SOL_SOCKET, SocketMessage.SO_TIMESTAMPNS, 1);
            Libc.bind(fd, Sockaddr.link(use == Use.HEAR ? ALL_PROTOCOLS : 0, index));
            return new PacketSocket(fd, type);
        } catch (IOException e) {
            Libc.close(fd);
            throw e;
        }
    }

    /** {@code struct packet_mreq}; it ends with the socket. */
    private static byte[] promiscuous(int index) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putInt(index)
                .putShort((short) PACKET_MR_PROMISC)
                .array();
    }

    /** How many packets the kernel has dropped for want of room since the last call. */
    public long kernelDrops() throws IOException {
        byte[] statistics = new byte[8];
        Libc.getsockopt(fd, SOL_PACKET, PACKET_STATISTICS, statistics);
        return ByteBuffer.wrap(statistics).order(ByteOrder.nativeOrder()).getInt(4) & 0xffffffffL;
    }

    @Override
    public void close() throws IOException {
        Libc.close(fd);
    }
}
