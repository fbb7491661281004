package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.Handlers;
import vini.forwarder.Notifier;
import vini.forwarder.Packet;
import vini.forwarder.Signal;
import vini.time.Timer;

/**
 * Gives a packet that is pulled through it when its timestamp is DELAY old (seconds or with a
 * unit), or at once if it is older or has none. The packet leaves with the time of that as its
 * timestamp. It holds one packet at a time, and gives nothing until that one's time has come; who
 * pulls sleeps until then.
 *
 * <pre>{@code
 * ... -> SetTimestamp -> Queue -> DelayShaper(20ms) -> Unqueue -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code delay} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "DelayShaper", processing = "l/l", partialChecksums = PartialChecksums.PASSED)
public final class DelayShaper extends Element implements Storage {
    private final Delay delay = new Delay();
    private final Notifier ready = new Notifier(true);
    private @Nullable Packet held;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private Timer timer;

    @SuppressWarnings("NullAway.Init")
    private Signal nonEmpty;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        delay.configure(arguments);
    }

    @Override
    protected void initialize() {
        timer = timer(this::tell);
        nonEmpty =
                nonEmpty(
                        0,
                        task(
                                () -> {
                                    tell();
                                    return false;
                                }));
        tell();
    }

    @Override
    public @Nullable Packet pull(int port) {
        Packet packet = held != null ? held : input(0).pull();
        held = packet;
        if (packet != null && delay.left(packet, loop().clock()) <= 0) {
            held = null;
            packet.timestampNanos(loop().clock().epochNanos());
        } else {
            packet = null;
        }
        tell();
        return packet;
    }

    /** Of itself: whether it gives a packet does not follow from what lies before it. */
    private void tell() {
        long left = held == null ? 0 : delay.left(held, loop().clock());
        if (left > 0) {
            timer.after(left);
        }
        ready.set(held == null ? nonEmpty.isActive() : left <= 0);
    }

    @Override
    protected boolean holdsPackets() {
        return true;
    }

    @Override
    protected Notifier emptyNotifier(int output) {
        return ready;
    }

    @Override
    public int stored() {
        return held == null ? 0 : 1;
    }

    @Override
    protected void handlers(Handlers handlers) {
        delay.handlers(handlers, this::tell);
    }

    @Override
    protected void takeState(Element old) {
        DelayShaper other = (DelayShaper) old;
        if (held == null) {
            held = other.held;
            other.held = null;
        }
        tell();
    }

    @Override
    protected void close() {
        if (held != null) {
            held.kill();
            held = null;
        }
    }
}
