package vini.forwarder.elements.flow;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

/**
 * Sends all packets to output K, which can be changed while it runs; a negative K drops them.
 *
 * <p>Argument: K, default 0.
 *
 * <pre>{@code
 * ... -> s :: Switch(0); s[0] -> ...; s[1] -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code switch} (read, write), {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(
        name = "Switch",
        ports = "1/-",
        processing = "h/h",
        live = true,
        partialChecksums = PartialChecksums.PASSED,
        drops = "switchedOff")
public final class Switch extends PacketSwitch {
    private int output;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        output = arguments.optional("K", text -> port(text, outputs()), 0);
    }

    @Override
    int choose(Packet packet) {
        return output;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("switch", () -> output);
        handlers.write("switch", value -> output = port(value, outputs()));
    }
}
