package vini.forwarder.offload;

import io.netty.buffer.ByteBuf;

import vini.forwarder.Batch;
import vini.forwarder.Packet;
import vini.net.Checksum;

/**
 * TCP and UDP checksums that stay partial ({@link Packet#isPartial}) as long as a packet is between
 * ends that are ours: the sender's kernel has left the sum to its device, the receiver's takes our
 * word for it ({@code VIRTIO_NET_HDR_F_NEEDS_CSUM}, linux/virtio_net.h), and on the way nobody has
 * to look at the payload. Here they are completed for everybody else.
 */
public final class PartialChecksum {
    /**
     * In the first byte of a datagram between two tunnels that have agreed on it: a version that no
     * IP has, 12 for 4 and 14 for 6. It costs no room.
     */
    private static final int MARK = 0x80;

    private static final int VERSION_AND_HEADER_LENGTH_AT = 0;

    private final Headers headers = new Headers();

    /** Completes the checksums of all packets of a batch, each of which may be replaced. */
    public void complete(Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            if (packet.isPartial()) {
                batch.set(i, complete(packet));
            }
        }
    }

    /**
     * The packet with its checksum completed; a copy if somebody shares its bytes, and this one is
     * killed. A packet that is not partial stays as it is.
     */
    public Packet complete(Packet packet) {
        if (!packet.isPartial()) {
            return packet;
        }
        Packet own = packet.writable();
        if (find(own)) {
            own.set16(fieldAt(), value(own));
        }
        own.partial(false);
        return own;
    }

    /** Completes the checksum in a copy of the first {@code kept} bytes of a partial packet. */
    public void completeCopy(Packet packet, byte[] copy, int at, int kept) {
        if (find(packet) && fieldAt() + Short.BYTES <= kept) {
            int checksum = value(packet);
            copy[at + fieldAt()] = (byte) (checksum >>> Byte.SIZE);
            copy[at + fieldAt() + 1] = (byte) checksum;
        }
    }

    private boolean find(Packet packet) {
        return headers.find(packet.buffer(), packet.start(), packet.length());
    }

    private int fieldAt() {
        return headers.transport + headers.checksumOffset();
    }

    private int value(Packet packet) {
        int from = headers.transport;
        return nonZero(packet.buffer(), packet.start() + from, packet.length() - from);
    }

    /**
     * The checksum of what has the pseudo-header's sum in its field; all ones stand for zero, which
     * means "none" in UDP (RFC 768).
     */
    static int nonZero(ByteBuf bytes, int at, int length) {
        int checksum = Checksum.of(bytes, at, length);
        return checksum == 0 ? 0xffff : checksum;
    }

    /** Whether the packet, which is not empty, is marked; no packet that is IP looks so. */
    public static boolean looksMarked(Packet packet) {
        return (packet.u8(VERSION_AND_HEADER_LENGTH_AT) & MARK) != 0;
    }

    /** A partial packet as it goes through a tunnel whose far end unmarks it. */
    public static Packet mark(Packet packet) {
        Packet own = packet.writable();
        own.set8(VERSION_AND_HEADER_LENGTH_AT, own.u8(VERSION_AND_HEADER_LENGTH_AT) | MARK);
        return own;
    }

    /** Makes of a marked packet, which is not shared, the partial one that it was. */
    public static void unmark(Packet packet) {
        int marked = packet.u8(VERSION_AND_HEADER_LENGTH_AT);
        packet.set8(VERSION_AND_HEADER_LENGTH_AT, marked & ~MARK);
        packet.partial(true);
    }
}
