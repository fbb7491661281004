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
import vini.net.wire.EtherHeader;

/**
 * Puts each packet into an Ethernet frame of type ETHERTYPE from SRC to DST with a VLAN tag (IEEE
 * 802.1Q).
 *
 * <p>VLAN_TCI is the tag's 16 bits, or {@code ANNO}: each packet's VLAN annotation; instead VLAN_ID
 * (0 to 4095) may be given. VLAN_PCP is the priority, 0 (default) to 7. Frames of NATIVE_VLAN
 * (default 0; -1: none) get no tag.
 *
 * <pre>{@code
 * ... -> EtherVLANEncap(0x0800, 1:1:1:1:1:1, 2:2:2:2:2:2, 1) -> ToDevice(eth0);
 * }</pre>
 *
 * <p>Handlers: {@code src}, {@code dst}, {@code ethertype}, {@code vlan_tci}, {@code vlan_id},
 * {@code vlan_pcp}, {@code native_vlan} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "EtherVLANEncap", live = true)
public final class EtherVlanEncap extends Element {
    private int type;
    private EtherAddress source = EtherAddress.ZERO;
    private EtherAddress destination = EtherAddress.ZERO;

    @SuppressWarnings("NullAway.Init") // set by configure
    private VlanTag tag;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        type = arguments.required("ETHERTYPE", ArgumentTypes.integer(0, 0xffff));
        source = arguments.required("SRC", addresses()::ether);
        destination = arguments.required("DST", addresses()::ether);
        tag = VlanTag.read(arguments);
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        int tci = tag.tci(packet);
        Packet frame = Frames.encapsulate(packet, destination.bits(), source.bits(), type);
        return tag.isNative(tci) ? frame : Frames.tag(frame, EtherHeader.VLAN, tci);
    }

    @Override
    protected void handlers(Handlers handlers) {
        tag.handlers(handlers);
        tag.nativeHandlers(handlers);
        handlers.read("src", () -> source).read("dst", () -> destination);
        handlers.read("ethertype", () -> type);
        handlers.write("src", value -> source = addresses().ether(value.strip()));
        handlers.write("dst", value -> destination = addresses().ether(value.strip()));
        handlers.write("ethertype", value -> type = ArgumentTypes.integer(0, 0xffff).apply(value));
    }
}
