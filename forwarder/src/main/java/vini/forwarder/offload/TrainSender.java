package vini.forwarder.offload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Packet;
import vini.forwarder.io.Endpoint;
import vini.forwarder.io.Errno;
import vini.forwarder.io.PacketCalls;

import java.util.Objects;

/**
 * Sends packets as datagrams of a UDP socket, many by one system call; those of one length to one
 * receiver that follow each other go through the kernel as one unit that is cut at the far end of
 * its stack ({@code UDP_SEGMENT}, udp(7)). The order is kept, and each packet is a datagram of its
 * own on the wire. If we have an address no more from which an {@link Endpoint} was spoken to, the
 * kernel chooses another.
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
    private static final int SEGMENT_BYTES = 24;
    private static final int SEGMENT_LENGTH = 18;
    private static final int CONTROL_BYTES = SEGMENT_BYTES + Endpoint.LOCAL_BYTES_MAX;

    private final int descriptor;
    private final Outcome outcome;

    /** The messages, and one to send alone; their vectors, their control data, their receivers. */
    private final ByteBuf call;

    private final int aloneAt = MESSAGES_MAX * MESSAGE_BYTES;
    private final int vectorsAt = aloneAt + MESSAGE_BYTES;
    private final int aloneVectorAt = vectorsAt + PACKETS_MAX * VECTOR_BYTES;
    private final int controlsAt = aloneVectorAt + VECTOR_BYTES;
    private final int receiversAt = controlsAt + MESSAGES_MAX * CONTROL_BYTES;
    private final @Nullable Packet[] waiting = new @Nullable Packet[PACKETS_MAX];

    /** How many packets each message has, and how many vectors: neighbours in memory share one. */
    private final int[] packetsOf = new int[MESSAGES_MAX];

    private final int[] vectorsOf = new int[MESSAGES_MAX];

    /** How many bytes of each one's control data say from which address it is sent. */
    private final int[] localOf = new int[MESSAGES_MAX];

    private int packets;
    private int vectors;
    private int messages;
    private int waitingBytes;
    private long endAddress;
    private int segmentBytes;
    private int bytes;
    private boolean open;

    /** Whose the last message is; null of a connected socket. */
    private @Nullable Endpoint receiver;

    /** Packets of this length or more are not put together: the kernel has refused it. */
    private int tooLong = Integer.MAX_VALUE;

    /** For the socket of that descriptor. */
    public TrainSender(int descriptor, Outcome outcome) {
        this.descriptor = descriptor;
        this.outcome = outcome;
        call =
                PooledByteBufAllocator.DEFAULT.directBuffer(
                        receiversAt + MESSAGES_MAX * Endpoint.BYTES_MAX);
        call.setZero(0, call.capacity());
    }

    /** Takes a packet, which is sent at the latest by {@link #flush}; of a connected socket. */
    public void add(Packet packet) {
        take(packet, null);
    }

    /** The same of a socket that is not connected; the endpoint is of the socket's family. */
    public void add(Packet packet, Endpoint to) {
        take(packet, to);
    }

    private void take(Packet packet, @Nullable Endpoint to) {
        int length = packet.length();
        boolean joins =
                open
                        && Objects.equals(to, receiver)
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
            begin(address, length, to);
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

    private void begin(long address, int length, @Nullable Endpoint to) {
        int first = vectorsAt + vectors * VECTOR_BYTES;
        call.setLongLE(messages * MESSAGE_BYTES + 16, call.memoryAddress() + first);
        receiver = to;
        if (to != null) {
            int at = receiversAt + messages * Endpoint.BYTES_MAX;
            to.write(call, at);
            call.setLongLE(messages * MESSAGE_BYTES, call.memoryAddress() + at);
            call.setIntLE(messages * MESSAGE_BYTES + 8, to.bytes());
        }
        packetsOf[messages] = 1;
        vectorsOf[messages] = 0;
        messages++;
        vector(address, length);
        segmentBytes = length;
        bytes = length;
        open = length > 0 && length < tooLong;
        int control = controlsAt + (messages - 1) * CONTROL_BYTES;
        int local = to == null ? 0 : to.writeLocal(call, control);
        localOf[messages - 1] = local;
        // The length may be that of a datagram alone; the kernel wants it only if there are more.
        control += local;
        call.setLongLE(control, SEGMENT_LENGTH);
        call.setIntLE(control + 8, SOL_UDP);
        call.setIntLE(control + 12, UDP_SEGMENT);
        call.setShortLE(control + 16, length);
    }

    /** Sends what waits. */
    public void flush() {
        for (int i = 0; i < messages; i++) {
            int message = i * MESSAGE_BYTES;
            call.setLongLE(message + 24, vectorsOf[i]);
            control(message, i, localOf[i] + (packetsOf[i] > 1 ? SEGMENT_BYTES : 0));
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

    /** Says how much control data of a message goes with that at {@code at}. */
    private void control(int at, int message, int bytes) {
        long address = call.memoryAddress() + controlsAt + (long) message * CONTROL_BYTES;
        call.setLongLE(at + 32, bytes == 0 ? 0 : address);
        call.setLongLE(at + 40, bytes);
    }

    /** Tells the outcome for the packets of one message. */
    private void end(int message, int firstPacket, long result) {
        int count = packetsOf[message];
        boolean refused =
                count > 1 && (result == -Errno.EINVAL || result == -Errno.EMSGSIZE)
                        || isGone(message, result);
        for (int i = firstPacket; i < firstPacket + count; i++) {
            Packet packet = waiting[i];
            waiting[i] = null;
            if (packet != null && refused) {
                outcome.of(packet, oneByOne(message, packet));
            } else if (packet != null) {
                outcome.of(packet, result);
            }
        }
    }

    /** Sends a packet of a message that was refused; returns as {@link PacketCalls#sendmsg}. */
    private long oneByOne(int message, Packet packet) {
        long result = alone(message, packet, localOf[message]);
        if (isGone(message, result)) {
            localOf[message] = 0;
            return alone(message, packet, 0);
        }
        if (packetsOf[message] > 1 && result >= 0) {
            // Longer than the way's MTU: the kernel cuts such a datagram only by itself.
            tooLong = Math.min(tooLong, packet.length());
        }
        return result;
    }

    /** Whether we have the address no more from which a message was to be sent. */
    private boolean isGone(int message, long result) {
        return localOf[message] > 0 && (result == -Errno.EINVAL || result == -Errno.ENETUNREACH);
    }

    private long alone(int message, Packet packet, int local) {
        call.setBytes(aloneAt, call, message * MESSAGE_BYTES, 12);
        call.setLongLE(aloneAt + 16, call.memoryAddress() + aloneVectorAt);
        call.setLongLE(aloneAt + 24, 1);
        control(aloneAt, message, local);
        call.setLongLE(aloneVectorAt, packet.address());
        call.setLongLE(aloneVectorAt + 8, packet.length());
        return PacketCalls.sendmsg(descriptor, call.memoryAddress() + aloneAt, 0);
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
