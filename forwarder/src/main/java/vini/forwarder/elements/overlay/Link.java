package vini.forwarder.elements.overlay;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.Punctuality;
import vini.net.Quantity;
import vini.time.Clock;
import vini.time.Timer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * The sending end of a virtual link: what the link does to packets in this direction. In this
 * order: STATE (a link that is not up drops), LOSS (a share of the packets), RATE with a queue of
 * QUEUE packets, DELAY, and JITTER (uniform on 0 to JITTER on top of the delay; order is kept).
 *
 * <pre>{@code
 * chin :: Link(DELAY 8.82ms, RATE 100Mbps, QUEUE 100, LOSS 0.1%, JITTER 0.1ms) -> UdpTunnel(...);
 * }</pre>
 *
 * <p>Keywords, all optional: DELAY, JITTER (default 0), LOSS (0%), RATE (none: no limit), QUEUE
 * (100 packets), STATE: {@code up}, {@code silent} (drops and tells nobody), {@code down} (drops,
 * and the node's router loses its carrier). What is on its way when the link fails is dropped, too.
 *
 * <p>Handlers: {@code state}, {@code delay}, {@code jitter}, {@code loss}, {@code rate}, {@code
 * queue} (read, write), {@code length} (read: packets in queue and delay line).
 */
@AutoService(Element.class)
@ElementClass(name = "Link", processing = "h/h")
public final class Link extends Element {
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

    private static final long HOUR = 3600 * SECOND;

    private DelayLine line = new DelayLine();
    private final List<CarrierListener> listeners = new ArrayList<>(1);
    private State state = State.UP;
    private State configuredState = State.UP;
    private long delayNanos;
    private long jitterNanos;
    private double loss;
    private long rate;
    private int queueMax;

    private long busyUntilNanos = Long.MIN_VALUE;
    private long lastReleaseNanos = Long.MIN_VALUE;

    /** What is left of a division by the rate: no link gains or loses by rounding. */
    private long fraction;

    private long quantumNanos;
    private long nextWakeNanos = Long.MIN_VALUE;

    @SuppressWarnings("NullAway.Init") // the following are set by initialize
    private RandomGenerator chance;

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
        delayNanos = arguments.keyword("DELAY", Link::time, 0L);
        jitterNanos = arguments.keyword("JITTER", Link::time, 0L);
        loss = arguments.keyword("LOSS", Quantity::fraction, 0.0);
        rate = arguments.keyword("RATE", Link::rate, 0L);
        queueMax = arguments.keyword("QUEUE", Link::packets, QUEUE_PACKETS);
        configuredState = arguments.keyword("STATE", State::parse, State.UP);
        state = configuredState;
    }

    /**
     * Refuses what the write handler of that name would refuse, for who keeps a value for later.
     *
     * @param property delay, jitter, loss, rate or queue
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static void check(String property, String value) {
        switch (property) {
            case "delay", "jitter" -> time(value);
            case "loss" -> Quantity.fraction(value.strip());
            case "rate" -> rate(value);
            case "queue" -> packets(value);
            default ->
                    throw new IllegalArgumentException(
                            "\"" + property + "\" is not delay, jitter, loss, rate or queue");
        }
    }

    private static long time(String text) {
        long nanos = Quantity.nanos(text.strip());
        if (nanos > HOUR) {
            throw new IllegalArgumentException("\"" + text.strip() + "\" is more than an hour");
        }
        return nanos;
    }

    private static long rate(String text) {
        if (text.strip().equals("none")) {
            return 0;
        }
        long rate = Quantity.bitsPerSecond(text.strip());
        if (rate == 0) {
            throw new IllegalArgumentException(
                    "\"" + text.strip() + "\" is no rate: \"none\" is no limit");
        }
        return rate;
    }

    private void setRate(String text) {
        rate = rate(text);
        fraction = 0;
    }

    private static int packets(String text) {
        int packets = Integer.parseInt(text.strip());
        if (packets < 1 || packets > QUEUE_PACKETS_MAX) {
            throw new IllegalArgumentException(packets + " is outside 1-" + QUEUE_PACKETS_MAX);
        }
        return packets;
    }

    @Override
    protected void initialize() {
        chance = chance();
        clock = loop().clock();
        timer = timer(this::release);
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
        if (rate == 0 && delayNanos == 0 && jitterNanos == 0 && loss == 0 && line.isEmpty()) {
            output(0).push(batch);
            return;
        }
        long now = clock.nowNanos();
        boolean idle = line.isEmpty();
        for (int i = 0; i < batch.size(); i++) {
            admit(batch.get(i), now);
        }
        batch.recycle();
        if (idle && !line.isEmpty()) {
            wakeForFirst();
        }
    }

    private void wakeForFirst() {
        if (line.firstArrival() < nextWakeNanos) {
            timer.about(nextWakeNanos);
        } else {
            timer.at(line.firstArrival());
        }
    }

    private void admit(Packet packet, long now) {
        if (loss > 0 && chance.nextDouble() < loss) {
            linkLoss.drop(packet);
            return;
        }
        if (line.size() >= QUEUE_PACKETS_MAX || loop().packets().isFull()) {
            delayLineFull.drop(packet);
            return;
        }
        long depart = Math.max(now, busyUntilNanos);
        if (rate > 0) {
            if (line.queueLength(now) >= queueMax) {
                linkQueueFull.drop(packet);
                return;
            }
            if (depart == now) {
                fraction = 0;
            }
            long bitSeconds = packet.length() * 8L * SECOND + fraction;
            depart += bitSeconds / rate;
            fraction = bitSeconds % rate;
            busyUntilNanos = depart;
        }
        long jitter = jitterNanos == 0 ? 0 : chance.nextLong(jitterNanos + 1);
        lastReleaseNanos = Math.max(lastReleaseNanos, depart + delayNanos + jitter);
        line.add(packet, depart, lastReleaseNanos);
    }

    private void release() {
        long now = clock.nowNanos();
        while (!line.isEmpty() && line.firstArrival() <= now) {
            punctuality.released(now - line.firstArrival());
            output(0).add(line.removeFirst());
        }
        nextWakeNanos = now + quantumNanos;
        if (!line.isEmpty()) {
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
            line.clear(linkDown::drop);
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

    /** What is on its way arrives when it would have; a new STATE is a change like any other. */
    @Override
    protected void takeState(Element old) {
        Link other = (Link) old;
        State wanted = configuredState == other.configuredState ? other.state : configuredState;
        state = other.state;
        DelayLine empty = line;
        line = other.line;
        other.line = empty;
        busyUntilNanos = other.busyUntilNanos;
        lastReleaseNanos = other.lastReleaseNanos;
        if (!line.isEmpty()) {
            timer.at(line.firstArrival());
        }
        change(wanted);
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("state", () -> state).act("state", value -> change(State.parse(value)));
        handlers.read("delay", () -> Quantity.ofNanos(delayNanos));
        handlers.write("delay", value -> delayNanos = time(value));
        handlers.read("jitter", () -> Quantity.ofNanos(jitterNanos));
        handlers.write("jitter", value -> jitterNanos = time(value));
        handlers.read("loss", () -> Quantity.ofFraction(loss));
        handlers.write("loss", value -> loss = Quantity.fraction(value.strip()));
        handlers.read("rate", () -> rate == 0 ? "none" : Quantity.ofBitsPerSecond(rate));
        handlers.write("rate", this::setRate);
        handlers.read("queue", () -> queueMax);
        handlers.write("queue", value -> queueMax = packets(value));
        handlers.read("length", () -> line.size());
    }

    @Override
    protected boolean isWire() {
        return true;
    }

    @Override
    protected void close() {
        line.clear(Packet::kill);
    }
}
