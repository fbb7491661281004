package vini.forwarder.offload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Packet;
import vini.forwarder.io.Errno;
import vini.forwarder.io.PacketCalls;

/**
 * Sends packets as datagrams of a connected UDP socket, many by one system call; those of one
 * length that follow each other go through the kernel as one unit that is cut at the far end of its
 * stack ({@code UDP_SEGMENT}, udp(7)). The order is kept, and each packet is a datagram of its own
 * on the wire.
 */
public final class TrainSender implements AutoCloseable {
    /** What the kernel takes as one unit: UDP_MAX_SEGMENTS, and a datagram's bytes. */
    private static final int SEGMENTS_MAX = 64;

    private static final int BYTES_MAX = 65_000;
    private static final int PACKETS_MAX = 256;
    private static final int MESSAGES_MAX = 64;

    /** With so much at hand there is no gain in waiting, and a cache keeps no more. */
    private static final int WAITING_BYTES = BYTES_MAX / 2;

    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;

    // struct mmsghdr and struct cmsghdr on 64 bits
    private static final int MESSAGE_BYTES = 64;
    private static final int VECTOR_BYTES = 16;
    private static final int CONTROL_BYTES = 24;
    private static final int CONTROL_LENGTH = 18;

    private final int descriptor;
    private final Outcome outcome;

    /** The messages, then their vectors, then their control data. */
    private final ByteBuf call;

    private final int vectorsAt = MESSAGES_MAX * MESSAGE_BYTES;
    private final int controlsAt = vectorsAt + PACKETS_MAX * VECTOR_BYTES;
    private final @Nullable Packet[] waiting = new @Nullable Packet[PACKETS_MAX];

    /** How many packets each message has, and how many vectors: neighbours in memory share one. */
    private final int[] packetsOf = new int[MESSAGES_MAX];

    private final int[] vectorsOf = new int[MESSAGES_MAX];

    private int packets;
    private int vectors;
    private int messages;
    private int waitingBytes;
    private long endAddress;
    private int segmentBytes;
    private int bytes;
    private boolean open;

    /** Packets of this length or more are not put together: the kernel has refused it. */
    private int tooLong = Integer.MAX_VALUE;

    /** For the connected socket of that descriptor. */
    public TrainSender(int descriptor, Outcome outcome) {
        this.descriptor = descriptor;
        this.outcome = outcome;
        call =
                PooledByteBufAllocator.DEFAULT.directBuffer(
                        controlsAt + MESSAGES_MAX * CONTROL_BYTES);
        call.setZero(0, call.capacity());
    }

    /** Takes a packet, which is sent at the latest by {@link #flush}. */
    public void add(Packet packet) {
        int length = packet.length();
        boolean joins =
                open
                        && length > 0
                        && length <= segmentBytes
                        && bytes + length <= BYTES_MAX
                        && packetsOf[messages - 1] < SEGMENTS_MAX;
        boolean suffices = messages == MESSAGES_MAX || waitingBytes > WAITING_BYTES;
        if (packets == PACKETS_MAX || !joins && suffices) {
            flush();
            joins = false;
        }
        long address = packet.address();
        if (joins) {
            join(address, length);
        } else {
            begin(address, length);
        }
        endAddress = address + length;
        waitingBytes += length;
        waiting[packets++] = packet;
    }

    private void join(long address, int length) {
        packetsOf[messages - 1]++;
        bytes += length;
        open = length == segmentBytes;
        if (address == endAddress) {
            int last = vectorsAt + (vectors - 1) * VECTOR_BYTES + 8;
            call.setLongLE(last, call.getLongLE(last) + length);
        } else {
            vector(address, length);
        }
    }

    private void vector(long address, int length) {
        int vector = vectorsAt + vectors * VECTOR_BYTES;
        call.setLongLE(vector, address);
        call.setLongLE(vector + 8, length);
        vectors++;
        vectorsOf[messages - 1]++;
    }

    private void begin(long address, int length) {
        int first = vectorsAt + vectors * VECTOR_BYTES;
        call.setLongLE(messages * MESSAGE_BYTES + 16, call.memoryAddress() + first);
        packetsOf[messages] = 1;
        vectorsOf[messages] = 0;
        messages++;
        vector(address, length);
        segmentBytes = length;
        bytes = length;
        open = length > 0 && length < tooLong;
        // The length may be that of a datagram alone; the kernel wants it only if there are more.
        int control = controlsAt + (messages - 1) * CONTROL_BYTES;
        call.setLongLE(control, CONTROL_LENGTH);
        call.setIntLE(control + 8, SOL_UDP);
        call.setIntLE(control + 12, UDP_SEGMENT);
        call.setShortLE(control + 16, length);
    }

    /** Sends what waits. */
    public void flush() {
        for (int i = 0; i < messages; i++) {
            boolean several = packetsOf[i] > 1;
            int message = i * MESSAGE_BYTES;
            call.setLongLE(message + 24, vectorsOf[i]);
            call.setLongLE(
                    message + 32,
                    several ? call.memoryAddress() + controlsAt + (long) i * CONTROL_BYTES : 0);
            call.setLongLE(message + 40, several ? CONTROL_BYTES : 0);
        }
        int firstPacket = 0;
        for (int done = 0; done < messages; ) {
            long address = call.memoryAddress() + (long) done * MESSAGE_BYTES;
            long result = PacketCalls.sendmmsg(descriptor, address, messages - done, 0);
            int ended = result > 0 ? (int) result : 1;
            for (int i = 0; i < ended; i++) {
                end(done, firstPacket, result);
                firstPacket += packetsOf[done++];
            }
        }
        packets = 0;
        vectors = 0;
        messages = 0;
        waitingBytes = 0;
        open = false;
    }

    /** Tells the outcome for the packets of one message. */
    private void end(int message, int firstPacket, long result) {
        int count = packetsOf[message];
        boolean refused = count > 1 && (result == -Errno.EINVAL || result == -Errno.EMSGSIZE);
        for (int i = firstPacket; i < firstPacket + count; i++) {
            Packet packet = waiting[i];
            waiting[i] = null;
            if (packet != null && refused) {
                // Longer than the way's MTU: the kernel cuts such a datagram only by itself.
                tooLong = Math.min(tooLong, packet.length());
                long alone = PacketCalls.write(descriptor, packet.address(), packet.length());
                outcome.of(packet, alone);
            } else if (packet != null) {
                outcome.of(packet, result);
            }
        }
    }

    /** Kills what waits. */
    @Override
    public void close() {
        for (int i = 0; i < packets; i++) {
            Packet packet = waiting[i];
            if (packet != null) {
                packet.kill();
            }
        }
        packets = 0;
        messages = 0;
        call.release();
    }
}
