package vini.forwarder.host;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;

import vini.net.Ipv4Address;
import vini.time.Seed;
import vini.time.VirtualClock;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Two builtin hosts, a and b, at the ends of a link that can do all that links do to packets. */
public final class SimulatedWire {
    public static final Ipv4Address A = Ipv4Address.parse("10.0.0.1");
    public static final Ipv4Address B = Ipv4Address.parse("10.0.0.2");

    /** Without Netty's leak detector, which would make these tests a hundred times slower. */
    private static final UnpooledByteBufAllocator HEAP = new UnpooledByteBufAllocator(false, true);

    public final VirtualClock clock = new VirtualClock();
    public final BuiltinStack a;
    public final BuiltinStack b;

    /** One way. */
    public long delayNanos;

    public double loss;
    public double duplication;

    /** Up to this much more delay for each packet, so that packets overtake each other. */
    public long reorderNanos;

    public boolean down;

    /** 0 for any; else packets take their time, and wait in a queue of {@link #queuePackets}. */
    public long bitsPerSecond;

    public int queuePackets = 100;

    /** Packets for which this says yes are lost. */
    public Predicate<ByteBuf> drop = packet -> false;

    /** Sees each packet as it is sent. */
    public Consumer<ByteBuf> tap = packet -> {};

    public long sent;
    public long lost;
    public long overtaken;
    private final RandomGenerator random;
    private final List<ByteBuf> unreleased = new ArrayList<>();
    private final long[] freeNanos = new long[2];
    private final long[] lastArrivalNanos = new long[2];

    public SimulatedWire(long seed, long delayNanos) {
        this.delayNanos = delayNanos;
        Seed seeds = new Seed(seed);
        random = seeds.generator("wire");
        a = new BuiltinStack(clock, seeds.generator("a"), List.of(A), new End(0));
        b = new BuiltinStack(clock, seeds.generator("b"), List.of(B), new End(1));
    }

    private void send(ByteBuf packet, int from) {
        sent++;
        tap.accept(packet);
        long now = clock.nowNanos();
        boolean full = bitsPerSecond > 0 && freeNanos[from] - now > queuePackets * nanosFor(1500);
        if (down || full || drop.test(packet) || random.nextDouble() < loss) {
            lost++;
            packet.release();
            return;
        }
        if (duplication > 0 && random.nextDouble() < duplication) {
            arrive(packet.copy(), from, now);
        }
        arrive(packet, from, now);
    }

    private void arrive(ByteBuf packet, int from, long now) {
        freeNanos[from] = Math.max(freeNanos[from], now) + nanosFor(packet.readableBytes());
        long at = freeNanos[from] + delayNanos;
        if (reorderNanos > 0) {
            at += random.nextLong(reorderNanos);
        }
        overtaken += at < lastArrivalNanos[from] ? 1 : 0;
        lastArrivalNanos[from] = at;
        BuiltinStack to = from == 0 ? b : a;
        clock.timer(() -> to.input(packet)).at(at);
    }

    private long nanosFor(int bytes) {
        return bitsPerSecond == 0 ? 0 : bytes * 8L * 1_000_000_000L / bitsPerSecond;
    }

    /** How many of the packets that were made have not been released. */
    public long unreleased() {
        return unreleased.stream().filter(packet -> packet.refCnt() > 0).count();
    }

    private final class End implements IpOutput {
        private final int from;

        End(int from) {
            this.from = from;
        }

        @Override
        public void send(ByteBuf packet) {
            SimulatedWire.this.send(packet, from);
        }

        @Override
        public ByteBuf buffer(int bytes) {
            ByteBuf packet = HEAP.buffer(bytes);
            unreleased.add(packet);
            if (unreleased.size() > 100_000) {
                unreleased.removeIf(one -> one.refCnt() == 0);
            }
            return packet;
        }
    }
}
