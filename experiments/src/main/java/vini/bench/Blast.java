package vini.bench;

import vini.forwarder.io.Errno;
import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.PacketCalls;
import vini.forwarder.io.Sockaddr;
import vini.net.Ipv4Address;
import vini.overlay.host.NetworkNamespace;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Small packets at a rate of choice through the forwarder in the middle: a socket at Src and one at
 * Sink stand in for the tunnels of its neighbours. It sends as a forwarder does, up to 64 packets a
 * system call, so that the forwarder in the middle is the limit and not who loads it.
 */
final class Blast implements AutoCloseable {
    private static final int TRAIN = 64;
    private static final int BUFFER_BYTES = 16 << 20;
    private static final int ROOM_BYTES = 1 << 16;

    // linux/udp.h, asm-generic/socket.h
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;
    private static final int UDP_GRO = 104;
    private static final int SO_RCVTIMEO = 20;
    private static final long TIMEOUT_MICROS = 20_000;

    private static final long PACE_NANOS = 200_000;
    private static final long DRAIN_MS = 150;

    /**
     * What came of a trial: packets a second that arrived, and the share of those sent that did
     * not.
     */
    record Outcome(double sent, double arrived, double lost) {}

    private final Arena arena = Arena.ofShared();
    private final MemorySegment train;
    private final int from;
    private final int to;
    private final AtomicLong arrived = new AtomicLong();
    private final Thread receiver;
    private volatile boolean closed;

    private Blast(byte[] packet, int from, int to) {
        this.from = from;
        this.to = to;
        train = arena.allocate((long) TRAIN * packet.length);
        for (int i = 0; i < TRAIN; i++) {
            MemorySegment.copy(
                    packet,
                    0,
                    train,
                    ValueLayout.JAVA_BYTE,
                    (long) i * packet.length,
                    packet.length);
        }
        receiver = Thread.ofPlatform().daemon().name("sink").start(this::receive);
    }

    /**
     * Sockets at both ends of a chain whose middle is alone.
     *
     * @param source address of the host at Src
     * @param destination address of the host at Sink
     */
    static Blast open(Testbed bed, String source, String destination, int port) throws IOException {
        byte[] packet = SmallPacket.of(Ipv4Address.parse(source), Ipv4Address.parse(destination));
        int from = socket(bed.src(), Testbed.SRC, Testbed.FWD_SRC, port);
        try {
            Libc.setsockopt(from, SOL_UDP, UDP_SEGMENT, SmallPacket.BYTES);
            int to = socket(bed.snk(), Testbed.SNK, Testbed.FWD_SNK, port);
            Libc.setsockopt(to, SOL_UDP, UDP_GRO, 1);
            byte[] timeout =
                    ByteBuffer.allocate(2 * Long.BYTES)
                            .order(ByteOrder.nativeOrder())
                            .putLong(0)
                            .putLong(TIMEOUT_MICROS)
                            .array();
            Libc.setsockopt(to, Libc.SOL_SOCKET, SO_RCVTIMEO, timeout);
            return new Blast(packet, from, to);
        } catch (IOException e) {
            Libc.close(from);
            throw e;
        }
    }

    private static int socket(NetworkNamespace at, String local, String remote, int port)
            throws IOException {
        int socket = at.within(() -> Libc.socket(Sockaddr.AF_INET, Libc.SOCK_DGRAM, 0));
        try {
            Libc.bind(socket, Sockaddr.ip(Ipv4Address.parse(local), port));
            Libc.connect(socket, Sockaddr.ip(Ipv4Address.parse(remote), port));
            Libc.setsockopt(socket, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, BUFFER_BYTES);
            Libc.setsockopt(socket, Libc.SOL_SOCKET, Libc.SO_SNDBUFFORCE, BUFFER_BYTES);
            return socket;
        } catch (LibcException e) {
            Libc.close(socket);
            throw e;
        }
    }

    /** Sends so many packets a second for so long, and waits until what arrives has arrived. */
    Outcome offer(double packetsPerSecond, double seconds) throws InterruptedException {
        long before = arrived.get();
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
        long sent = 0;
        long skipped = 0;
        long now = begin;
        while (now < end) {
            long due = (long) (packetsPerSecond * (now - begin) / TimeUnit.SECONDS.toNanos(1));
            // Who comes late does not make up for it by a burst that nobody could take.
            long most = Math.max(TRAIN, (long) (packetsPerSecond / 500));
            skipped = Math.max(skipped, due - sent - most);
            for (long left = due - skipped - sent; left > 0; left -= TRAIN) {
                sent += send((int) Math.min(left, TRAIN));
            }
            LockSupport.parkNanos(PACE_NANOS);
            now = System.nanoTime();
        }
        Thread.sleep(DRAIN_MS);
        double elapsed = Processor.seconds(now - begin);
        long came = arrived.get() - before;
        return new Outcome(
                sent / elapsed, came / elapsed, sent == 0 ? 1 : 1 - (double) came / sent);
    }

    private int send(int packets) {
        long result = PacketCalls.write(from, train.address(), (long) packets * SmallPacket.BYTES);
        if (result < 0 && result != -Errno.ENOBUFS && result != -Errno.ECONNREFUSED) {
            throw new IllegalStateException("sending to the forwarder: errno " + -result);
        }
        return result < 0 ? 0 : packets;
    }

    private void receive() {
        try (Arena own = Arena.ofConfined()) {
            MemorySegment room = own.allocate(ROOM_BYTES);
            while (!closed) {
                long bytes = PacketCalls.read(to, room.address(), ROOM_BYTES);
                if (bytes > 0) {
                    arrived.addAndGet(bytes / SmallPacket.BYTES);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        boolean interrupted = false;
        while (receiver.isAlive()) {
            try {
                receiver.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        Libc.close(from);
        Libc.close(to);
        arena.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
