package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import vini.forwarder.Annotation;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Sets the destination annotation of each packet to IPADDR, or, with ANNO, another annotation of
 * four bytes.
 *
 * <pre>{@code
 * ... -> SetIPAddress(18.26.4.1) -> arp;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "SetIPAddress", live = true)
public final class SetIpAddress extends Element {
    private int address;
    private Annotation annotation = Annotation.parse("DST_IP", 4);

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        address = arguments.required("IPADDR", addresses()::ip).bits();
        annotation =
                arguments.optional(
                        "ANNO", text -> Annotation.parse(text, 4), Annotation.parse("DST_IP", 4));
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        packet.annotation(annotation.at(), annotation.size(), address);
        return packet;
    }
}
