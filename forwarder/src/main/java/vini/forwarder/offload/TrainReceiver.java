package vini.forwarder.offload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.PacketCalls;

/**
 * Receives datagrams, many by one system call; those of one sender and one length that follow each
 * other come as one unit ({@code UDP_GRO}, udp(7)) and are told one by one. One receiver serves all
 * sockets of a loop: what it has received is used before the next call.
 */
public final class TrainReceiver implements AutoCloseable {
    /** Gets datagrams; the bytes are the receiver's. */
    public interface Datagrams {
        /** One datagram of {@code length} bytes at {@code at}. */
        void datagram(ByteBuf bytes, int at, int length);
    }

    private static final int MESSAGES = 8;
    private static final int BYTES = 65_536;

    private static final int SOL_UDP = 17;
    private static final int UDP_GRO = 104;

    // struct mmsghdr, struct iovec and room for a struct cmsghdr, on 64 bits
    private static final int MESSAGE_BYTES = 64;
    private static final int VECTOR_BYTES = 16;
    private static final int CONTROL_BYTES = 64;
    private static final int CONTROL_LENGTH_MIN = 20;

    private final ByteBuf call;
    private final ByteBuf bytes;
    private final int controlsAt = MESSAGES * (MESSAGE_BYTES + VECTOR_BYTES);

    /** With its own memory, half a megabyte. */
    public TrainReceiver() {
        call = PooledByteBufAllocator.DEFAULT.directBuffer(controlsAt + MESSAGES * CONTROL_BYTES);
        bytes = PooledByteBufAllocator.DEFAULT.directBuffer(MESSAGES * BYTES);
        call.setZero(0, call.capacity());
        for (int i = 0; i < MESSAGES; i++) {
            int vector = MESSAGES * MESSAGE_BYTES + i * VECTOR_BYTES;
            call.setLongLE(vector, bytes.memoryAddress() + (long) i * BYTES);
            call.setLongLE(vector + 8, BYTES);
            call.setLongLE(i * MESSAGE_BYTES + 16, call.memoryAddress() + vector);
            call.setLongLE(i * MESSAGE_BYTES + 24, 1);
            call.setLongLE(
                    i * MESSAGE_BYTES + 32,
                    call.memoryAddress() + controlsAt + (long) i * CONTROL_BYTES);
        }
    }

    /** Lets the kernel put datagrams of that socket together. */
    public static void accept(int descriptor) throws LibcException {
        Libc.setsockopt(descriptor, SOL_UDP, UDP_GRO, 1);
    }

    /**
     * Receives once.
     *
     * @return how many units came, {@link #isAll} says whether there may be more; {@code -errno} if
     *     none
     */
    public long receive(int descriptor, Datagrams to) {
        for (int i = 0; i < MESSAGES; i++) {
            call.setLongLE(i * MESSAGE_BYTES + 40, CONTROL_BYTES);
        }
        long units = PacketCalls.recvmmsg(descriptor, call.memoryAddress(), MESSAGES, 0);
        for (int i = 0; i < units; i++) {
            int length = call.getIntLE(i * MESSAGE_BYTES + 56);
            int segment = segmentBytes(i, length);
            int at = i * BYTES;
            int end = at + length;
            do {
                int part = Math.min(segment, end - at);
                to.datagram(bytes, at, part);
                at += part;
            } while (at < end);
        }
        return units;
    }

    /** Whether so many units were all that there was. */
    public static boolean isAll(long units) {
        return units < MESSAGES;
    }

    private int segmentBytes(int message, int length) {
        int control = controlsAt + message * CONTROL_BYTES;
        if (call.getLongLE(message * MESSAGE_BYTES + 40) >= CONTROL_LENGTH_MIN
                && call.getIntLE(control + 8) == SOL_UDP
                && call.getIntLE(control + 12) == UDP_GRO) {
            int segment = call.getIntLE(control + 16);
            return segment > 0 ? segment : length;
        }
        return length;
    }

    @Override
    public void close() {
        call.release();
        bytes.release();
    }
}
