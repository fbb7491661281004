package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Pulls up to BURST packets (1 to 65536, default 1) each INTERVAL (seconds or with a unit, up to a
 * day) and pushes them. While there are none it sleeps; a packet that comes when INTERVAL has
 * passed goes at once.
 *
 * <pre>{@code
 * ... -> Queue -> TimedUnqueue(0.1) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code interval}, {@code burst} (read).
 */
@AutoService(Element.class)
@ElementClass(name = "TimedUnqueue", processing = "l/h")
public final class TimedUnqueue extends IntervalPuller {
    /** Made by the graph. */
    public TimedUnqueue() {
        super(1);
    }
}
