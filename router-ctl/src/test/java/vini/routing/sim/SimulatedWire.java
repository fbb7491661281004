package vini.routing.sim;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.routing.PuntPort;
import vini.time.Clock;

import java.util.random.RandomGenerator;

/** A link between two ports on a virtual clock: delay, loss, silent failure, carrier. */
public final class SimulatedWire {
    /** The largest IP packet of every wire. */
    public static final int MTU = 1500;

    /** What a wire does with packets. */
    public enum Mode {
        UP,
        /** Packets vanish and nobody is told. */
        SILENT,
        /** As silent, but only from right to left. */
        LEFT_TO_RIGHT,
        /** Packets vanish and both ends lose the carrier. */
        DOWN
    }

    /** One end: a port of one link. */
    public record End(SimulatedPort port, int link) {}

    private final Clock clock;
    private final RandomGenerator random;
    private final End left;
    private final End right;
    private final long delayNanos;
    private double loss;
    private Mode mode = Mode.UP;
    private @Nullable Tap tap;

    /** Sees each packet as it is put on the wire. */
    public interface Tap {
        void packet(long nanos, boolean fromLeft, ByteBuf ipPacket);
    }

    public SimulatedWire(
            Clock clock, RandomGenerator random, End left, End right, long delayNanos) {
        this.clock = clock;
        this.random = random;
        this.left = left;
        this.right = right;
        this.delayNanos = delayNanos;
        left.port().connect(left.link(), packet -> carry(true, packet));
        right.port().connect(right.link(), packet -> carry(false, packet));
    }

    public void loss(double part) {
        loss = part;
    }

    public void tap(Tap newTap) {
        tap = newTap;
    }

    public void mode(Mode next) {
        boolean hadCarrier = mode != Mode.DOWN;
        mode = next;
        boolean hasCarrier = mode != Mode.DOWN;
        if (hadCarrier != hasCarrier) {
            left.port().carrier(left.link(), hasCarrier);
            right.port().carrier(right.link(), hasCarrier);
        }
    }

    private boolean carries(boolean fromLeft) {
        return mode == Mode.UP || mode == Mode.LEFT_TO_RIGHT && fromLeft;
    }

    private void carry(boolean fromLeft, ByteBuf packet) {
        if (tap != null) {
            tap.packet(clock.nowNanos(), fromLeft, packet);
        }
        if (packet.readableBytes() > MTU) {
            throw new AssertionError("a packet of " + packet.readableBytes() + " bytes");
        }
        if (!carries(fromLeft) || loss > 0 && random.nextDouble() < loss) {
            packet.release();
            return;
        }
        End to = fromLeft ? right : left;
        clock.schedule(
                delayNanos,
                () -> {
                    if (carries(fromLeft)) {
                        to.port().deliver(to.link(), packet);
                    }
                    packet.release();
                });
    }

    /** A node's punt port, with a wire or nothing at each link. */
    public static final class SimulatedPort implements PuntPort {
        /** Where packets of one link go. */
        interface Outlet {
            void send(ByteBuf packet);
        }

        private final java.util.TreeMap<Integer, Outlet> outlets = new java.util.TreeMap<>();
        private @Nullable Receiver receiver;

        void connect(int link, Outlet outlet) {
            outlets.put(link, outlet);
        }

        void deliver(int link, ByteBuf packet) {
            if (receiver != null) {
                receiver.packet(link, packet);
            }
        }

        void carrier(int link, boolean up) {
            if (receiver != null) {
                receiver.carrier(link, up);
            }
        }

        @Override
        public void receiver(Receiver newReceiver) {
            receiver = newReceiver;
            for (int link : outlets.keySet()) {
                newReceiver.carrier(link, true);
            }
        }

        @Override
        public void send(int link, ByteBuf ipPacket) {
            Outlet outlet = outlets.get(link);
            if (outlet == null) {
                ipPacket.release();
            } else {
                outlet.send(ipPacket);
            }
        }
    }
}
