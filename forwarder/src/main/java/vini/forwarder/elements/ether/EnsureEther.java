package vini.forwarder.elements.ether;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.net.EtherAddress;
import vini.net.wire.EtherHeader;
import vini.net.wire.Ipv4Header;
import vini.net.wire.Ipv6Header;

/**
 * Puts those IP packets into an Ethernet frame that are not in one yet.
 *
 * <p>A packet is in none if its network header is its first byte and an IPv4 or IPv6 header stands
 * there. If its own frame was stripped off and still stands before it (the MAC header says where),
 * that is taken; else ETHERTYPE (default 0x0800), SRC (default 1:1:1:1:1:1) and DST (default
 * 2:2:2:2:2:2) make one. All other packets are passed on as they are.
 *
 * <pre>{@code
 * ... -> EnsureEther(0x0800, 1:1:1:1:1:1, 2:2:2:2:2:2) -> ToDump(all.pcap);
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "EnsureEther")
public final class EnsureEther extends Element {
    private static final EtherAddress ONES = new EtherAddress(0x010101010101L);
    private static final EtherAddress TWOS = new EtherAddress(0x020202020202L);

    private int type;
    private EtherAddress source = ONES;
    private EtherAddress destination = TWOS;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        type = arguments.optional("ETHERTYPE", ArgumentTypes.integer(0, 0xffff), EtherHeader.IPV4);
        source = arguments.optional("SRC", addresses()::ether, ONES);
        destination = arguments.optional("DST", addresses()::ether, TWOS);
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        if (packet.networkHeader() != 0 || !isIp(packet)) {
            return packet;
        }
        if (hasStrippedHeader(packet)) {
            int at = packet.start() - EtherHeader.BYTES;
            long to = EtherHeader.address(packet.buffer(), at + EtherHeader.DESTINATION_AT);
            long from = EtherHeader.address(packet.buffer(), at + EtherHeader.SOURCE_AT);
            int itsType = packet.u16(EtherHeader.TYPE_AT - EtherHeader.BYTES);
            return Frames.encapsulate(packet, to, from, itsType);
        }
        return Frames.encapsulate(packet, destination.bits(), source.bits(), type);
    }

    private static boolean isIp(Packet packet) {
        int length = packet.length();
        int version = length == 0 ? 0 : packet.u8(0) >> 4;
        return version == 4 && length >= Ipv4Header.BYTES
                || version == 6 && length >= Ipv6Header.BYTES;
    }

    private static boolean hasStrippedHeader(Packet packet) {
        if (packet.macHeader() != -EtherHeader.BYTES || packet.start() < EtherHeader.BYTES) {
            return false;
        }
        int itsType = packet.u16(EtherHeader.TYPE_AT - EtherHeader.BYTES);
        return itsType == (packet.u8(0) >> 4 == 4 ? EtherHeader.IPV4 : EtherHeader.IPV6);
    }
}
