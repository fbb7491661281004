package vini.forwarder.offload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

import vini.forwarder.Block;
import vini.forwarder.Packet;
import vini.forwarder.PacketPool;
import vini.forwarder.io.Endpoint;
import vini.forwarder.io.Errno;
import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.PacketCalls;

import java.util.function.Consumer;

/**
 * Receives datagrams, many by one system call; those of one sender and one length that follow each
 * other come as one unit ({@code UDP_GRO}, udp(7)) and become a packet each, which stays where the
 * kernel has written it. One receiver serves all sockets of a loop.
 */
public final class TrainReceiver implements AutoCloseable {
    private static final int MESSAGES = 8;

    /** Long units are received by twos, so that they are sent on while a cache has them. */
    private static final int LONG_MESSAGES = 2;

    private static final int BYTES = Block.BYTES;

    /** Less than this is copied, so that a few packets do not keep a block for themselves. */
    private static final int WORTH_BYTES = BYTES / 4;

    private static final int SOL_UDP = 17;
    private static final int UDP_GRO = 104;

    // struct mmsghdr, struct iovec and room for a struct cmsghdr, on 64 bits
    private static final int MESSAGE_BYTES = 64;
    private static final int VECTOR_BYTES = 16;
    private static final int CONTROL_BYTES = 64;
    private static final int CONTROL_HEADER_BYTES = 16;

    // struct sockaddr_in
    private static final int SENDER_PORT_AT = 2;
    private static final int SENDER_ADDRESS_AT = 4;

    private final PacketPool pool;
    private final ByteBuf call;
    private final Block[] blocks = new Block[MESSAGES];
    private boolean areLong;
    private boolean isAll;
    private final int controlsAt = MESSAGES * (MESSAGE_BYTES + VECTOR_BYTES);
    private final int sendersAt = controlsAt + MESSAGES * CONTROL_BYTES;

    /** Where the kernel wrote the sender of the packets that are handed over now. */
    private int senderAt;

    /** To which of our addresses these were sent, if the kernel says so; else zeros. */
    private long localHigh;

    private long localLow;

    /** How long each of them is but the last, if there are several. */
    private int segment;

    /** Makes packets of that pool; half a megabyte of memory waits for what comes. */
    public TrainReceiver(PacketPool pool) {
        this.pool = pool;
        call =
                PooledByteBufAllocator.DEFAULT.directBuffer(
                        sendersAt + MESSAGES * Endpoint.BYTES_MAX);
        call.setZero(0, call.capacity());
        for (int i = 0; i < MESSAGES; i++) {
            int vector = MESSAGES * MESSAGE_BYTES + i * VECTOR_BYTES;
            call.setLongLE(vector + 8, BYTES);
            call.setLongLE(i * MESSAGE_BYTES + 16, call.memoryAddress() + vector);
            call.setLongLE(i * MESSAGE_BYTES + 24, 1);
            call.setLongLE(
                    i * MESSAGE_BYTES + 32,
                    call.memoryAddress() + controlsAt + (long) i * CONTROL_BYTES);
            blocks[i] = block(i);
        }
    }

    /** Memory for what comes next. */
    private Block block(int message) {
        Block block = pool.block();
        call.setLongLE(
                MESSAGES * MESSAGE_BYTES + message * VECTOR_BYTES, block.bytes().memoryAddress());
        return block;
    }

    /** Lets the kernel put datagrams of that socket together; false if it cannot (before 5.0). */
    public static boolean accepts(int descriptor) throws LibcException {
        try {
            Libc.setsockopt(descriptor, SOL_UDP, UDP_GRO, 1);
            return true;
        } catch (LibcException e) {
            if (e.errno() == Errno.ENOPROTOOPT) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Receives once, of a connected socket.
     *
     * @param to gets the packets, which may be empty
     * @return how many units came, or {@code -errno}; {@link #isAll} says whether there may be more
     */
    public long receive(int descriptor, Consumer<Packet> to) {
        return receive(descriptor, 0, to);
    }

    /**
     * As {@link #receive}, of a socket that is not connected: while {@code to} gets packets, {@link
     * #isFrom} and {@link #sender} tell whose they are.
     */
    public long receiveFrom(int descriptor, Consumer<Packet> to) {
        return receive(descriptor, Endpoint.BYTES_MAX, to);
    }

    /**
     * Whether the packet that is handed over came from there, to the address from which that one is
     * spoken to.
     */
    public boolean isFrom(Endpoint endpoint) {
        return endpoint.isAt(call, senderAt) && endpoint.isFrom(localHigh, localLow);
    }

    /** The IPv4 address from which the packet came that is handed over, of an IPv4 socket. */
    public int senderAddress() {
        return call.getInt(senderAt + SENDER_ADDRESS_AT);
    }

    /** The port from which the packet came that is handed over. */
    public int senderPort() {
        return call.getUnsignedShort(senderAt + SENDER_PORT_AT);
    }

    /** Where the packet that is handed over came from, and to which address of ours. */
    public Endpoint sender() {
        return Endpoint.read(call, senderAt).from(localHigh, localLow);
    }

    private long receive(int descriptor, int senderBytes, Consumer<Packet> to) {
        int most = areLong ? LONG_MESSAGES : MESSAGES;
        for (int i = 0; i < most; i++) {
            int message = i * MESSAGE_BYTES;
            call.setLongLE(message, senderBytes == 0 ? 0 : call.memoryAddress() + senderAt(i));
            call.setIntLE(message + 8, senderBytes);
            call.setLongLE(message + 40, CONTROL_BYTES);
        }
        long units = PacketCalls.recvmmsg(descriptor, call.memoryAddress(), most, 0);
        isAll = units < most;
        areLong = false;
        for (int i = 0; i < units; i++) {
            int length = call.getIntLE(i * MESSAGE_BYTES + 56);
            readControl(i, length);
            senderAt = senderAt(i);
            if (length < WORTH_BYTES || segment == length) {
                copies(blocks[i].bytes(), length, to);
            } else {
                areLong = true;
                Block full = blocks[i];
                blocks[i] = block(i);
                windows(full, length, to);
            }
        }
        return units;
    }

    private int senderAt(int message) {
        return sendersAt + message * Endpoint.BYTES_MAX;
    }

    private void copies(ByteBuf bytes, int length, Consumer<Packet> to) {
        int at = 0;
        do {
            int part = Math.min(segment, length - at);
            Packet packet = pool.allocate(part);
            packet.buffer().setBytes(packet.start(), bytes, at, part);
            to.accept(packet);
            at += part;
        } while (at < length);
    }

    private void windows(Block block, int length, Consumer<Packet> to) {
        block.retain((length - 1) / segment);
        for (int at = 0; at < length; at += segment) {
            to.accept(pool.window(block, at, Math.min(at + segment, length)));
        }
    }

    /** Whether the last call got all that there was. */
    public boolean isAll() {
        return isAll;
    }

    /** Reads what the kernel says of the datagrams of a message. */
    private void readControl(int message, int length) {
        segment = length;
        localHigh = 0;
        localLow = 0;
        int at = controlsAt + message * CONTROL_BYTES;
        int end = at + (int) call.getLongLE(message * MESSAGE_BYTES + 40);
        while (end - at > CONTROL_HEADER_BYTES) {
            int bytes = (int) call.getLongLE(at);
            if (call.getIntLE(at + 8) == SOL_UDP && call.getIntLE(at + 12) == UDP_GRO) {
                int said = call.getIntLE(at + CONTROL_HEADER_BYTES);
                segment = said > 0 ? said : length;
            } else {
                localHigh = Endpoint.localHigh(call, at);
                localLow = Endpoint.localLow(call, at);
            }
            at += Math.max(bytes, CONTROL_HEADER_BYTES) + Long.BYTES - 1 & -Long.BYTES;
        }
    }

    @Override
    public void close() {
        call.release();
        for (Block block : blocks) {
            pool.release(block);
        }
    }
}
