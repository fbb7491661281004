package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.elements.standard.Timestamps;
import vini.net.Quantity;

/**
 * Drops packets by Controlled Delay (RFC 8289), from the head of the queues before it, so that they
 * do not keep packets for long. A packet's stay is reckoned from its first timestamp annotation,
 * which SetTimestamp(FIRST true) must have set before the queue, or else from its timestamp; one
 * that has neither has not stayed at all. When each packet of INTERVAL has stayed for TARGET or
 * more, packets are dropped, ever faster, until one has not. A packet that passes has its stay, in
 * nanoseconds, as its first timestamp annotation if that was set.
 *
 * <ul>
 *   <li>TARGET: the stay that is good (default 5 ms)
 *   <li>INTERVAL: how long it may be more, about the worst round-trip time (default 100 ms)
 *   <li>QUEUES: the names of the queues to watch; without it those that are nearest upstream
 * </ul>
 *
 * <p>TARGET and INTERVAL are milliseconds, or have a unit. The last packet in the queues is never
 * dropped.
 *
 * <pre>{@code
 * ... -> SetTimestamp(FIRST true) -> Queue(200) -> CoDel(5, 100) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code target}, {@code interval} (read, write: milliseconds), {@code drops}, {@code
 * queues} (read: their names), {@code stats} (read: a text).
 */
@AutoService(Element.class)
@ElementClass(name = "CoDel", processing = "l/l", drops = "controlledDelay")
public final class CoDel extends Element {
    private static final long MILLISECOND = 1_000_000;

    private Storages queues = Storages.NONE;
    private @Nullable String queueNames;
    private long targetNanos;
    private long intervalNanos;

    /** When the stay will have been too long for an interval; 0 while it is not (RFC 8289 5.2). */
    private long firstAboveNanos;

    private long dropNextNanos;
    private long count;
    private long lastCount;
    private boolean dropping;

    /** Whether the packet that was taken latest may be dropped. */
    private boolean mayDrop;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter controlledDelay;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        targetNanos = arguments.optional("TARGET", CoDel::time, 5 * MILLISECOND);
        intervalNanos = arguments.optional("INTERVAL", CoDel::time, 100 * MILLISECOND);
        queueNames = arguments.keyword("QUEUES", ArgumentTypes::string, "");
    }

    private static long time(String text) {
        String plain = text.strip();
        long nanos =
                ArgumentTypes.nanos(plain.matches("[0-9]+(\\.[0-9]*)?") ? plain + "ms" : plain);
        if (nanos < 1 || nanos > 3_600_000 * MILLISECOND) {
            throw new IllegalArgumentException("'" + text + "' is outside 1ns to 1h");
        }
        return nanos;
    }

    @Override
    protected void initialize() throws ConfigException {
        controlledDelay = drops("controlledDelay");
        if (queueNames != null && !queueNames.isBlank()) {
            queues = Storages.named(graph(), name(), queueNames);
        } else {
            queues = Storages.nearest(upstream(Storage.class), "upstream");
        }
    }

    /** RFC 8289 5.5. */
    @Override
    public @Nullable Packet pull(int port) {
        long now = loop().clock().nowNanos();
        Packet packet = take(now);
        if (dropping) {
            if (!mayDrop) {
                dropping = false;
            }
            while (dropping && packet != null && now >= dropNextNanos) {
                controlledDelay.drop(packet);
                count++;
                packet = take(now);
                if (mayDrop) {
                    dropNextNanos = next(dropNextNanos);
                } else {
                    dropping = false;
                }
            }
        } else if (mayDrop && packet != null) {
            controlledDelay.drop(packet);
            packet = take(now);
            dropping = true;
            // A queue that was in this state not long ago goes on about as fast as it left off.
            long since = count - lastCount;
            count = since > 1 && now - dropNextNanos < 16 * intervalNanos ? since : 1;
            dropNextNanos = next(now);
            lastCount = count;
        }
        return packet;
    }

    /** RFC 8289 5.6: takes the next packet and looks whether the queue is in a bad state. */
    private @Nullable Packet take(long now) {
        Packet packet = input(0).pull();
        mayDrop = false;
        if (packet == null) {
            firstAboveNanos = 0;
            return null;
        }
        if (stayNanos(packet) < targetNanos || queues.stored() == 0) {
            firstAboveNanos = 0;
        } else if (firstAboveNanos == 0) {
            firstAboveNanos = now + intervalNanos;
        } else {
            mayDrop = now >= firstAboveNanos;
        }
        return packet;
    }

    private long stayNanos(Packet packet) {
        long now = loop().clock().epochNanos();
        long first = Timestamps.first(packet);
        if (first > 0) {
            Timestamps.first(packet, now - first);
            return now - first;
        }
        long since = packet.timestampNanos();
        return since <= 0 ? 0 : now - since;
    }

    /** RFC 8289 5.6. */
    private long next(long from) {
        return from + (long) (intervalNanos / Math.sqrt((double) count));
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("target", () -> milliseconds(targetNanos));
        handlers.read("interval", () -> milliseconds(intervalNanos));
        handlers.write("target", value -> targetNanos = time(value));
        handlers.write("interval", value -> intervalNanos = time(value));
        handlers.read("drops", controlledDelay::value);
        handlers.read("queues", () -> queues.names());
        handlers.read("stats", this::stats);
    }

    private static String milliseconds(long nanos) {
        return Quantity.ofNanos(nanos).replaceFirst("ms$", "");
    }

    private String stats() {
        return "%d current queue, %s\n%d drops\n"
                .formatted(
                        queues.stored(),
                        dropping ? "dropping" : "not dropping",
                        controlledDelay.value());
    }

    @Override
    protected void takeState(Element old) {
        CoDel other = (CoDel) old;
        firstAboveNanos = other.firstAboveNanos;
        dropNextNanos = other.dropNextNanos;
        count = other.count;
        lastCount = other.lastCount;
        dropping = other.dropping;
    }
}
