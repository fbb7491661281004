package vini.forwarder.elements.overlay;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.Handlers;
import vini.forwarder.LinkEnd;
import vini.forwarder.Packet;
import vini.forwarder.Punctuality;
import vini.forwarder.offload.PartialChecksum;
import vini.net.Quantity;
import vini.time.Clock;
import vini.time.Timer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * The sending end of a virtual link: what the link does to packets in this direction. In this
 * order: STATE (a link that is not up drops), LOSS (a share of the packets), DUPLICATE (a share is
 * sent twice), CORRUPT (of a share one bit is turned), RATE with a queue of QUEUE packets, DELAY,
 * and JITTER (uniform on 0 to JITTER on top of the delay; order is kept). Packets of the share
 * REORDER skip delay and jitter, and overtake.
 *
 * <pre>{@code
 * chin :: Link(DELAY 8.82ms, RATE 100Mbps, QUEUE 100, LOSS 0.1%, JITTER 0.1ms) -> UdpTunnel(...);
 * }</pre>
 *
 * <p>Keywords, all optional: DELAY, JITTER (default 0), LOSS (0%), RATE (none: no limit), QUEUE
 * (100 packets), DUPLICATE, CORRUPT, REORDER (0%), STATE: {@code up}, {@code silent} (drops and
 * tells nobody), {@code down} (drops, and the node's router loses its carrier). What is on its way
 * when the link fails is dropped, too; by a change of anything else no packet is lost or reordered,
 * and those that wait for a rate go on at the new one.
 *
 * <p>Handlers: {@code state}, {@code delay}, {@code jitter}, {@code loss}, {@code rate}, {@code
 * queue}, {@code duplicate}, {@code corrupt}, {@code reorder} (read, write), {@code length} (read:
 * packets in queue and delay line), {@code lease} (write {@code 12s state up delay 5ms}: that is
 * what the link is in 12 s, if no other lease is written until then; {@code none}: stays as it is),
 * {@code leases} (read: how many leases ran out).
 */
@AutoService(Element.class)
@ElementClass(
        name = "Link",
        processing = "h/h",
        partialChecksums = PartialChecksums.PASSED,
        drops = {"delayLineFull", "linkDown", "linkLoss", "linkQueueFull"})
public final class Link extends Element implements LinkEnd {
    /** What a link can be. */
    public enum State {
        UP,
        SILENT,
        DOWN;

        static State parse(String text) {
            for (State state : values()) {
                if (state.toString().equals(text.strip())) {
                    return state;
                }
            }
            throw new IllegalArgumentException("'" + text + "' is not up, silent or down");
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Hears of the carrier: what a router is told of its interface. */
    public interface CarrierListener {
        void carrier(boolean up);
    }

    /**
     * What one link direction may hold, and thus the most that QUEUE may be; beyond it packets are
     * dropped, so that memory is bounded.
     */
    public static final int QUEUE_PACKETS_MAX = 65_536;

    /** QUEUE where it is not given, the same as in topologies. */
    public static final int QUEUE_PACKETS = 100;

    private static final long SECOND = 1_000_000_000L;

    /**
     * While packets follow each other more closely than this, they leave together, the first of
     * them that much after its time (and what the machine takes to wake up): so each wake-up and
     * system call serves several. A packet that comes alone is on time. In the virtual world, where
     * a wake-up costs nothing, all are.
     */
    private static final long QUANTUM_NANOS = 50_000L;

    private OnTheWay way = new OnTheWay();
    private final LinkProperties properties = new LinkProperties();
    private final LinkMeter meter = new LinkMeter();
    private final PartialChecksum completion = new PartialChecksum();
    private final List<CarrierListener> listeners = new ArrayList<>(1);
    private State state = State.UP;
    private State configuredState = State.UP;

    private long busyUntilNanos = Long.MIN_VALUE;
    private long lastReleaseNanos = Long.MIN_VALUE;

    /** What is left of a division by the rate: no link gains or loses by rounding. */
    private long fraction;

    private long quantumNanos;
    private long nextWakeNanos = Long.MIN_VALUE;

    @SuppressWarnings("NullAway.Init") // the following are set by initialize
    private LinkLeases leases;

    @SuppressWarnings("NullAway.Init")
    private RandomGenerator chance;

    @SuppressWarnings("NullAway.Init")
    private Counter sent;

    @SuppressWarnings("NullAway.Init")
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    private Timer timer;

    @SuppressWarnings("NullAway.Init")
    private Punctuality.Watch punctuality;

    @SuppressWarnings("NullAway.Init")
    private DropCounter linkDown;

    @SuppressWarnings("NullAway.Init")
    private DropCounter linkLoss;

    @SuppressWarnings("NullAway.Init")
    private DropCounter linkQueueFull;

    @SuppressWarnings("NullAway.Init")
    private DropCounter delayLineFull;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        properties.configure(arguments);
        configuredState = arguments.keyword("STATE", State::parse, State.UP);
        state = configuredState;
    }

    /**
     * Refuses what the write handler of that name would refuse, for who keeps a value for later.
     *
     * @param property delay, jitter, loss, rate, queue, duplicate, corrupt or reorder
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static void check(String property, String value) {
        new LinkProperties().set(property, value);
    }

    @Override
    protected void initialize() {
        chance = chance();
        sent = sent();
        clock = loop().clock();
        timer = timer(this::release);
        leases = new LinkLeases(clock, this::timer, this::leaseOver);
        quantumNanos = loop().io() == null ? 0 : QUANTUM_NANOS;
        punctuality = graph().shared().get(Punctuality.class, Punctuality::new).on(loop());
        linkDown = drops("linkDown");
        linkLoss = drops("linkLoss");
        linkQueueFull = drops("linkQueueFull");
        delayLineFull = drops("delayLineFull");
    }

    @Override
    public void push(int port, Batch batch) {
        if (state != State.UP) {
            linkDown.drop(batch);
            return;
        }
        if (properties.arePlain() && way.isEmpty()) {
            way.passed(batch.size(), bytes(batch));
            output(0).push(batch);
            return;
        }
        long now = clock.nowNanos();
        long first = way.firstArrival();
        for (int i = 0; i < batch.size(); i++) {
            admit(batch.get(i), now);
        }
        batch.recycle();
        if (way.firstArrival() < first) {
            wakeForFirst();
        }
    }

    private static long bytes(Batch batch) {
        long bytes = 0;
        for (int i = 0; i < batch.size(); i++) {
            bytes += batch.get(i).length();
        }
        return bytes;
    }

    @Override
    public boolean looked(long reading, long since) {
        long dropped =
                linkDown.value() + linkLoss.value() + linkQueueFull.value() + delayLineFull.value();
        return meter.looked(way, clock.nowNanos(), dropped, reading, since);
    }

    @Override
    public void load(StringBuilder text) {
        meter.load(text, properties.rate);
    }

    private void wakeForFirst() {
        long first = way.firstArrival();
        if (first < nextWakeNanos) {
            timer.about(nextWakeNanos);
        } else {
            timer.ahead(first);
        }
    }

    private void admit(Packet packet, long now) {
        if (properties.loss > 0 && chance.nextDouble() < properties.loss) {
            linkLoss.drop(packet);
            return;
        }
        if (properties.duplicate > 0 && chance.nextDouble() < properties.duplicate) {
            sent.increment();
            send(packet.share(), now);
        }
        boolean turned = properties.corrupt > 0 && chance.nextDouble() < properties.corrupt;
        send(turned ? turned(packet) : packet, now);
    }

    /** The packet with one bit turned; its bytes are not shared any more. */
    private Packet turned(Packet packet) {
        if (packet.length() == 0) {
            return packet;
        }
        // Whoever checks it is to find it wrong.
        Packet own = completion.complete(packet).writable();
        int bit = chance.nextInt(own.length() * 8);
        own.set8(bit / 8, own.u8(bit / 8) ^ 1 << bit % 8);
        return own;
    }

    private void send(Packet packet, long now) {
        if (way.size() >= QUEUE_PACKETS_MAX || loop().packets().isFull()) {
            delayLineFull.drop(packet);
            return;
        }
        long depart = Math.max(now, busyUntilNanos);
        long rate = properties.rate;
        if (rate > 0) {
            int queue = way.queueLength(now);
            if (queue >= properties.queueMax) {
                linkQueueFull.drop(packet);
                return;
            }
            meter.queue(queue + 1);
            if (depart == now) {
                fraction = 0;
            }
            long bitSeconds = packet.length() * 8L * SECOND + fraction;
            depart += bitSeconds / rate;
            fraction = bitSeconds % rate;
            busyUntilNanos = depart;
        }
        if (properties.reorder > 0 && chance.nextDouble() < properties.reorder) {
            way.addEarly(packet, depart);
            return;
        }
        long width = properties.jitterNanos;
        long jitter = width == 0 ? 0 : chance.nextLong(width + 1);
        lastReleaseNanos = Math.max(lastReleaseNanos, depart + properties.delayNanos + jitter);
        way.add(packet, depart, lastReleaseNanos);
    }

    private void release() {
        long now = Math.max(clock.nowNanos(), timer.deadline());
        for (long due = way.firstArrival(); due <= now; due = way.firstArrival()) {
            punctuality.released(now - due);
            output(0).add(way.removeFirst());
        }
        nextWakeNanos = now + quantumNanos;
        if (!way.isEmpty()) {
            wakeForFirst();
        }
        flushOutputs();
    }

    /** Whether a router at this end would see a carrier. */
    public boolean carrier() {
        return state != State.DOWN;
    }

    /** Tells {@code listener} of each later change of the carrier. */
    public void onCarrier(CarrierListener listener) {
        listeners.add(listener);
    }

    private void change(State next) {
        if (next == state) {
            return;
        }
        boolean carrierBefore = carrier();
        state = next;
        if (state != State.UP) {
            timer.cancel();
            way.clear(clock.nowNanos(), linkDown::drop);
            // What was dropped holds nothing up that comes after the link is restored.
            busyUntilNanos = Long.MIN_VALUE;
            lastReleaseNanos = Long.MIN_VALUE;
        }
        graph().shared()
                .journal()
                .add(clock.nowNanos(), graph().name() + "/" + name(), "link " + state);
        if (carrier() != carrierBefore) {
            listeners.forEach(listener -> listener.carrier(carrier()));
        }
    }

    private void leaseOver(LinkLease over) {
        graph().shared()
                .journal()
                .add(clock.nowNanos(), graph().name() + "/" + name(), "link lease over");
        over.values().forEach(this::apply);
    }

    private void apply(String property, String value) {
        if (property.equals("state")) {
            change(State.parse(value));
            return;
        }
        long rate = properties.rate;
        properties.set(property, value);
        if (rate != properties.rate) {
            changeRate(rate);
        }
    }

    /** What waits for the old rate goes on at the new one. */
    private void changeRate(long old) {
        fraction = 0;
        if (!way.isEmpty()) {
            busyUntilNanos = way.retime(clock.nowNanos(), old, properties.rate);
            lastReleaseNanos = way.lastArrival(lastReleaseNanos);
            wakeForFirst();
        }
    }

    /** What is on its way arrives when it would have; a new STATE is a change like any other. */
    @Override
    protected void takeState(Element old) {
        Link other = (Link) old;
        State wanted = configuredState == other.configuredState ? other.state : configuredState;
        state = other.state;
        OnTheWay empty = way;
        way = other.way;
        other.way = empty;
        leases.takeOver(other.leases);
        busyUntilNanos = other.busyUntilNanos;
        lastReleaseNanos = other.lastReleaseNanos;
        if (!way.isEmpty()) {
            timer.ahead(way.firstArrival());
        }
        change(wanted);
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("state", () -> state).act("state", value -> change(State.parse(value)));
        handlers.read("delay", () -> Quantity.ofNanos(properties.delayNanos));
        handlers.write("delay", value -> apply("delay", value));
        handlers.read("jitter", () -> Quantity.ofNanos(properties.jitterNanos));
        handlers.write("jitter", value -> apply("jitter", value));
        handlers.read("loss", () -> Quantity.ofFraction(properties.loss));
        handlers.write("loss", value -> apply("loss", value));
        handlers.read("duplicate", () -> Quantity.ofFraction(properties.duplicate));
        handlers.write("duplicate", value -> apply("duplicate", value));
        handlers.read("corrupt", () -> Quantity.ofFraction(properties.corrupt));
        handlers.write("corrupt", value -> apply("corrupt", value));
        handlers.read("reorder", () -> Quantity.ofFraction(properties.reorder));
        handlers.write("reorder", value -> apply("reorder", value));
        handlers.read("rate", properties::rateText);
        handlers.write("rate", value -> apply("rate", value));
        handlers.read("queue", () -> properties.queueMax);
        handlers.write("queue", value -> apply("queue", value));
        handlers.read("length", () -> way.size());
        handlers.act("lease", value -> leases.take(LinkLease.parse(value)));
        handlers.read("leases", leases::ended);
    }

    @Override
    protected boolean isWire() {
        return true;
    }

    @Override
    protected void close() {
        way.clear(Long.MAX_VALUE, Packet::kill);
    }
}
