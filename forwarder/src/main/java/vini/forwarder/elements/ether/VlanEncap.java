package vini.forwarder.elements.ether;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.wire.EtherHeader;

/**
 * Puts a VLAN tag (IEEE 802.1Q) into each Ethernet frame. Frames without a whole header are
 * dropped. For packets without an Ethernet header there is EtherVLANEncap.
 *
 * <p>VLAN_TCI is the tag's 16 bits, or {@code ANNO}: each packet's VLAN annotation; instead VLAN_ID
 * (0 to 4095) may be given. VLAN_PCP is the priority, 0 (default) to 7. Frames of NATIVE_VLAN
 * (default 0; -1: none) are passed on without a tag. ETHERTYPE marks the tag, default 0x8100;
 * 0x88a8 is a provider's (802.1ad).
 *
 * <pre>{@code
 * ... -> VLANEncap(VLAN_ID 5, VLAN_PCP 1) -> ToDevice(eth0);
 * }</pre>
 *
 * <p>Handlers: {@code vlan_tci}, {@code vlan_id}, {@code vlan_pcp}, {@code native_vlan} (read,
 * write), {@code ethertype} (read).
 */
@AutoService(Element.class)
@ElementClass(name = "VLANEncap", live = true, drops = "tooShort")
public final class VlanEncap extends Element {
    private int type;

    @SuppressWarnings("NullAway.Init") // set by configure
    private VlanTag tag;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter tooShort;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        type = arguments.keyword("ETHERTYPE", ArgumentTypes.integer(0, 0xffff), EtherHeader.VLAN);
        tag = VlanTag.read(arguments);
    }

    @Override
    protected void initialize() {
        tooShort = drops("tooShort");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (!Frames.hasHeader(packet)) {
            tooShort.drop(packet);
            return null;
        }
        int tci = tag.tci(packet);
        return tag.isNative(tci) ? packet : Frames.tag(packet, type, tci);
    }

    @Override
    protected void handlers(Handlers handlers) {
        tag.handlers(handlers);
        tag.nativeHandlers(handlers);
        handlers.read("ethertype", () -> type);
    }
}
