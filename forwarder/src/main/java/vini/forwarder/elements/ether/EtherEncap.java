package vini.forwarder.elements.ether;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.EtherAddress;

/**
 * Puts each packet into an Ethernet frame of type ETHERTYPE from SRC to DST.
 *
 * <p>For IP packets ARPQuerier, which finds the address by itself, is mostly what one wants.
 *
 * <pre>{@code
 * ... -> EtherEncap(0x0800, 1:1:1:1:1:1, 2:2:2:2:2:2) -> ToDevice(eth0);
 * }</pre>
 *
 * <p>Handlers: {@code src}, {@code dst}, {@code ethertype} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "EtherEncap", live = true)
public final class EtherEncap extends Element {
    private int type;
    private EtherAddress source = EtherAddress.ZERO;
    private EtherAddress destination = EtherAddress.ZERO;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        type = arguments.required("ETHERTYPE", ArgumentTypes.integer(0, 0xffff));
        source = arguments.required("SRC", addresses()::ether);
        destination = arguments.required("DST", addresses()::ether);
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        return Frames.encapsulate(packet, destination.bits(), source.bits(), type);
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("src", () -> source).read("dst", () -> destination);
        handlers.read("ethertype", () -> type);
        handlers.write("src", value -> source = addresses().ether(value.strip()));
        handlers.write("dst", value -> destination = addresses().ether(value.strip()));
        handlers.write("ethertype", value -> type = ArgumentTypes.integer(0, 0xffff).apply(value));
    }
}
