package vini.forwarder.elements.ip6;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.net.Ipv6Address;

/**
 * Sets the IPv6 destination annotation of each packet to IP6: where it is to go next.
 *
 * <pre>{@code
 * ... -> SetIP6Address(2001:db8::1) -> [0]nds;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "SetIP6Address")
public final class SetIp6Address extends Element {
    private Ipv6Address address = new Ipv6Address(0, 0);

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        address = arguments.required("IP6", addresses()::ip6);
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        Ip6.destination(packet, address);
        return packet;
    }
}
