package vini.forwarder.elements.flow;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Sends all packets to output K, for ever; a negative K drops them.
 *
 * <p>Argument: K.
 *
 * <pre>{@code
 * ... -> s :: StaticSwitch(1); s[0] -> ...; s[1] -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(name = "StaticSwitch", ports = "1/-", processing = "h/h", drops = "switchedOff")
public final class StaticSwitch extends PacketSwitch {
    private int output;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        output = arguments.required("K", text -> port(text, outputs()));
    }

    @Override
    int choose(Packet packet) {
        return output;
    }
}
