package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Pulls up to BURST packets (1 to 65536, default 8) each INTERVAL (seconds or with a unit, up to a
 * day) and pushes them: a TimedUnqueue with another default. While there are none it sleeps.
 *
 * <pre>{@code
 * ... -> Queue -> Burster(100ms, 20) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code interval}, {@code burst} (read).
 */
@AutoService(Element.class)
@ElementClass(name = "Burster", processing = "l/h")
public final class Burster extends IntervalPuller {
    /** Made by the graph. */
    public Burster() {
        super(8);
    }
}
