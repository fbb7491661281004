package vini.forwarder.elements.script;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * A {@link Script} that decides when the run ends: each time an element wishes to end it, the
 * script goes on behind its {@code pause}, and the run ends with the script or at {@code stop}.
 *
 * <pre>{@code
 * DriverManager(pause, write k.cleanup, wait 0.1s, stop);
 * }</pre>
 *
 * <p>Handlers: those of Script.
 */
@AutoService(Element.class)
@ElementClass(name = "DriverManager", ports = "0/0", drops = "script")
public final class DriverManager extends Script {
    public DriverManager() {
        super(Occasion.Type.DRIVER);
    }
}
