package vini.forwarder.elements.ether;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.net.wire.EtherHeader;

/**
 * Takes the VLAN tag (IEEE 802.1Q) out of each Ethernet frame that has one; the others are passed
 * on as they are.
 *
 * <p>With ANNO true (default) the VLAN annotation becomes the tag's 16 bits, or 0 where there was
 * no tag. ETHERTYPE is what marks a tag, default 0x8100.
 *
 * <pre>{@code
 * FromDevice(eth0) -> VLANDecap -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "VLANDecap")
public final class VlanDecap extends Element {
    private boolean annotates;
    private int type;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        annotates = arguments.optional("ANNO", ArgumentTypes::bool, true);
        type = arguments.keyword("ETHERTYPE", ArgumentTypes.integer(0, 0xffff), EtherHeader.VLAN);
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        boolean tagged =
                packet.length() >= EtherHeader.BYTES + EtherHeader.VLAN_BYTES
                        && packet.u16(EtherHeader.TYPE_AT) == type;
        if (annotates) {
            Frames.vlanTci(packet, tagged ? packet.u16(EtherHeader.VLAN_TCI_AT) : 0);
        }
        return tagged ? Frames.untag(packet) : packet;
    }
}
