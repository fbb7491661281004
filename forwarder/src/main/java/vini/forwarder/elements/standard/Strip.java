package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Cuts off the first LENGTH bytes of each packet; a shorter one becomes empty.
 *
 * <p>Argument: LENGTH, 0 to 65535 bytes.
 *
 * <pre>{@code
 * FromDevice(eth0) -> Strip(14) -> CheckIPHeader -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "Strip", live = true)
public final class Strip extends Element {
    private int length;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        length = arguments.required("LENGTH", ArgumentTypes.integer(0, 0xffff));
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        packet.strip(Math.min(length, packet.length()));
        return packet;
    }
}
