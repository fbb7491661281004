package vini.forwarder.elements.ether;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

/**
 * Sets the VLAN annotation of each packet, which VLANEncap and EtherVLANEncap use with ANNO.
 *
 * <p>VLAN_TCI is the whole annotation of 16 bits; instead VLAN_ID (0 to 4095) may be given.
 * VLAN_PCP is the priority, 0 (default) to 7.
 *
 * <pre>{@code
 * ... -> SetVLANAnno(VLAN_ID 2, VLAN_PCP 1) -> EtherVLANEncap(0x0800, 1:1:1:1:1:1, 2:2:2:2:2:2, ANNO) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code vlan_tci}, {@code vlan_id}, {@code vlan_pcp} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "SetVLANAnno")
public final class SetVlanAnno extends Element {
    @SuppressWarnings("NullAway.Init") // set by configure
    private VlanTag tag;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        tag = VlanTag.readFixed(arguments);
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        Frames.vlanTci(packet, tag.tci(packet));
        return packet;
    }

    @Override
    protected void handlers(Handlers handlers) {
        tag.handlers(handlers);
    }
}
