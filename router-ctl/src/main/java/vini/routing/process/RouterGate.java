package vini.routing.process;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import vini.routing.PuntPort;
import vini.time.Clock;
import vini.time.GatedClock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stands between one router and the rest of the world, so that it can be stopped and go on, or end
 * without a word. While it is stopped its timers wait, and so do packets for it, as many as the
 * buffer of a socket would take.
 */
final class RouterGate implements PuntPort {
    /** What Linux gives a socket for what it receives, unless somebody asks for more. */
    static final int WAITING_BYTES_MAX = 212_992;

    /** What a waiting packet takes besides its bytes. */
    private static final int PACKET_BYTES = 512;

    private record Waiting(int link, ByteBuf ipPacket) {}

    private final GatedClock clock;
    private final PuntPort port;
    private final Deque<Waiting> packets = new ArrayDeque<>(0);

    /** Of links whose carrier was told while it was stopped. */
    private final Map<Integer, Boolean> carriers = new TreeMap<>();

    private @Nullable Receiver router;
    private int waitingBytes;
    private long lost;

    RouterGate(Clock clock, PuntPort port) {
        this.clock = new GatedClock(clock);
        this.port = port;
    }

    /** The router's clock. */
    Clock clock() {
        return clock;
    }

    @Override
    public void receiver(Receiver receiver) {
        router = receiver;
        port.receiver(new Entrance());
    }

    @Override
    public void send(int link, ByteBuf ipPacket) {
        if (clock.isOpen()) {
            port.send(link, ipPacket);
        } else {
            ipPacket.release();
        }
    }

    /** The router stands still. */
    void stop() {
        clock.hold();
    }

    /** The router goes on: with what waits for it, and then with what has fallen due. */
    void goOn() {
        if (clock.isOpen()) {
            return;
        }
        clock.release();
        Receiver receiver = router;
        carriers.forEach(
                (link, up) -> {
                    if (receiver != null) {
                        receiver.carrier(link, up);
                    }
                });
        carriers.clear();
        for (Waiting each = packets.poll(); each != null; each = packets.poll()) {
            if (receiver != null) {
                receiver.packet(each.link, each.ipPacket);
            }
            each.ipPacket.release();
        }
        waitingBytes = 0;
    }

    /** The router is gone: it hears, does and says nothing any more. */
    void end() {
        clock.end();
        router = null;
        packets.forEach(each -> each.ipPacket.release());
        packets.clear();
        carriers.clear();
    }

    boolean isOpen() {
        return clock.isOpen();
    }

    /** How many packets found no room while it was stopped. */
    long lost() {
        return lost;
    }

    /** What the links tell. */
    private final class Entrance implements Receiver {
        @Override
        public boolean hasRoomFor(int bytes) {
            boolean room =
                    clock.isOpen() || waitingBytes + bytes + PACKET_BYTES <= WAITING_BYTES_MAX;
            if (!room) {
                lost++;
            }
            return room;
        }

        @Override
        public void packet(int link, ByteBuf ipPacket) {
            if (clock.isOpen()) {
                if (router != null) {
                    router.packet(link, ipPacket);
                }
            } else if (router != null && hasRoomFor(ipPacket.readableBytes())) {
                waitingBytes += ipPacket.readableBytes() + PACKET_BYTES;
                packets.add(new Waiting(link, Unpooled.copiedBuffer(ipPacket)));
            }
        }

        @Override
        public void carrier(int link, boolean up) {
            if (!clock.isOpen()) {
                carriers.put(link, up);
            } else if (router != null) {
                router.carrier(link, up);
            }
        }
    }
}
