package vini.forwarder.elements.ether;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Notifier;
import vini.forwarder.Packet;
import vini.net.EtherAddress;
import vini.net.wire.EtherHeader;
import vini.time.Timer;

/**
 * Makes Ethernet pause frames (IEEE 802.3 31B), which ask a neighbour to send nothing for
 * PAUSETIME, 0 to 65535 times what 512 bits take on the link.
 *
 * <p>SRC must be the address of the device that sends them. Where packets are pushed, one comes at
 * once and then every INTERVAL (default 1 second); where they are pulled, each pull gets one.
 * Keywords: DST (default 01-80-C2-00-00-01), LIMIT (how many in all, default -1: no end), ACTIVE
 * (default true).
 *
 * <pre>{@code
 * EtherPauseSource(00:1e:13:22:48:91, 390) -> ToDevice(eth0);
 * }</pre>
 *
 * <p>Handlers: {@code count} (read), {@code src}, {@code dst}, {@code pausetime}, {@code limit},
 * {@code active} (read, write), {@code reset_counts} (write).
 */
@AutoService(Element.class)
@ElementClass(name = "EtherPauseSource", ports = "0/1")
public final class EtherPauseSource extends Element {
    private static final EtherAddress PAUSE = new EtherAddress(0x0180c2000001L);
    private static final long SECOND = 1_000_000_000L;
    private static final long INTERVAL_MIN = 1_000_000L;
    private static final int OPCODE_PAUSE = 1;
    private static final int PAUSE_TIME_AT = EtherHeader.BYTES + 2;

    private final Counter count = counter();
    private final Notifier more = new Notifier(true);
    private Counter sent = new Counter();
    private EtherAddress source = EtherAddress.ZERO;
    private EtherAddress destination = PAUSE;
    private int pauseTime;
    private long limit;
    private long intervalNanos;
    private boolean active;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private Timer timer;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        source = arguments.required("SRC", addresses()::ether);
        pauseTime = arguments.required("PAUSETIME", ArgumentTypes.integer(0, 0xffff));
        destination = arguments.keyword("DST", addresses()::ether, PAUSE);
        limit = arguments.keyword("LIMIT", ArgumentTypes::integer, -1L);
        intervalNanos = arguments.keyword("INTERVAL", ArgumentTypes::nanos, SECOND);
        active = arguments.keyword("ACTIVE", ArgumentTypes::bool, true);
        if (intervalNanos < INTERVAL_MIN) {
            throw new ConfigException("INTERVAL: it is shorter than 1ms");
        }
    }

    @Override
    protected void initialize() {
        sent = sent();
        timer = timer(this::fire);
        wake();
    }

    private boolean mayGo() {
        return active && (limit < 0 || count.value() < limit);
    }

    private void wake() {
        more.set(mayGo());
        if (isPush(0) && mayGo() && !timer.isSet()) {
            timer.after(0);
        }
    }

    private void fire() {
        if (mayGo()) {
            Packet frame = make();
            if (mayGo()) {
                timer.after(intervalNanos);
            }
            output(0).push(frame);
        }
    }

    @Override
    public @Nullable Packet pull(int port) {
        Packet frame = mayGo() ? make() : null;
        more.set(mayGo());
        return frame;
    }

    @Override
    protected Notifier emptyNotifier(int output) {
        return more;
    }

    private Packet make() {
        Packet frame = loop().packets().allocate(EtherHeader.FRAME_BYTES_MIN);
        frame.buffer().setZero(frame.start(), EtherHeader.FRAME_BYTES_MIN);
        EtherHeader.set(
                frame.buffer(),
                frame.start(),
                destination.bits(),
                source.bits(),
                EtherHeader.MAC_CONTROL);
        frame.set16(EtherHeader.BYTES, OPCODE_PAUSE);
        frame.set16(PAUSE_TIME_AT, pauseTime);
        frame.timestampNanos(loop().clock().epochNanos());
        count.increment();
        sent.increment();
        return frame;
    }

    @Override
    protected void takeState(Element old) {
        EtherPauseSource other = (EtherPauseSource) old;
        if (other.timer.isSet() && timer.isSet()) {
            timer.at(Math.min(other.timer.deadline(), loop().clock().nowNanos() + intervalNanos));
        }
        more.set(mayGo());
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("count", count::value).read("limit", () -> limit);
        handlers.read("src", () -> source).read("dst", () -> destination);
        handlers.read("pausetime", () -> pauseTime).read("active", () -> active);
        handlers.write("src", value -> source = addresses().ether(value.strip()));
        handlers.write("dst", value -> destination = addresses().ether(value.strip()));
        handlers.write(
                "pausetime", value -> pauseTime = ArgumentTypes.integer(0, 0xffff).apply(value));
        handlers.write("limit", value -> wakeAfter(() -> limit = ArgumentTypes.integer(value)));
        handlers.write("active", value -> wakeAfter(() -> active = ArgumentTypes.bool(value)));
        handlers.write("reset_counts", value -> wakeAfter(count::reset));
    }

    private void wakeAfter(Runnable change) {
        change.run();
        wake();
    }
}
