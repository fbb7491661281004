package vini.forwarder.elements.ether;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.net.wire.EtherHeader;

/**
 * Takes the Ethernet header with its VLAN tag (IEEE 802.1Q) off and keeps the tag in the VLAN
 * annotation.
 *
 * <p>Frames without a tag count as frames of NATIVE_VLAN (0 to 4095; default 0, -1: none): their
 * header of 14 bytes is taken off and the annotation is that number. Without a native VLAN, and
 * when the header is not whole, they go to output 1, or are dropped if that is not connected.
 *
 * <pre>{@code
 * FromDevice(eth0) -> StripEtherVLANHeader(NATIVE_VLAN 1) -> CheckIPHeader -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "StripEtherVLANHeader", ports = "1/1-2", processing = "a/ah", drops = "noVlan")
public final class StripEtherVlanHeader extends Element {
    private int nativeVlan;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noVlan;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        nativeVlan = arguments.optional("NATIVE_VLAN", ArgumentTypes.integer(-1, 0xfff), 0);
    }

    @Override
    protected void initialize() {
        noVlan = drops("noVlan");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        boolean whole = Frames.hasHeader(packet);
        if (whole && packet.u16(EtherHeader.TYPE_AT) == EtherHeader.VLAN) {
            if (packet.length() >= EtherHeader.BYTES + EtherHeader.VLAN_BYTES) {
                Frames.vlanTci(packet, packet.u16(EtherHeader.VLAN_TCI_AT));
                packet.strip(EtherHeader.BYTES + EtherHeader.VLAN_BYTES);
                return packet;
            }
        } else if (whole && nativeVlan >= 0) {
            Frames.vlanTci(packet, nativeVlan);
            packet.strip(EtherHeader.BYTES);
            return packet;
        }
        addOrDrop(1, packet, noVlan);
        return null;
    }
}
