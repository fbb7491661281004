package vini.forwarder.elements.flow;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;

/**
 * Pulls from input K, which can be changed while it runs; with a negative K it never gives a
 * packet.
 *
 * <p>Argument: K, default 0.
 *
 * <pre>{@code
 * a -> Queue -> [0] s :: PullSwitch -> Unqueue -> ...; b -> Queue -> [1] s;
 * }</pre>
 *
 * <p>Handlers: {@code switch} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "PullSwitch", ports = "-/1", processing = "l/l")
public final class PullSwitch extends PullChooser {
    private int input;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        input = arguments.optional("K", text -> PacketSwitch.port(text, inputs()), 0);
    }

    @Override
    int chosen(int output) {
        return input < inputs() ? input : -1;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("switch", () -> input);
        handlers.write(
                "switch",
                value -> {
                    input = PacketSwitch.port(value, inputs());
                    look();
                });
    }
}
