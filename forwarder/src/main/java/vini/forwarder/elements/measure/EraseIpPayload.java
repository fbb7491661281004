package vini.forwarder.elements.measure;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Sets the payload of TCP and UDP packets to zeros; their headers and lengths stay, and so do other
 * packets. Of a later fragment all behind the IP header is payload. The IP header must be marked.
 * The checksums do not fit any more; SetTCPChecksum and SetUDPChecksum mend that.
 *
 * <pre>{@code
 * FromDump(trace.pcap, FORCE_IP true, STOP true) -> EraseIPPayload -> ToDump(heads.pcap, ENCAP IP);
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "EraseIPPayload")
public final class EraseIpPayload extends Element {
    private static final int UDP_HEADER_BYTES = 8;
    private static final int TCP_OFFSET_AT = 12;

    @Override
    protected Packet simpleAction(Packet packet) {
        int ip = packet.networkHeader();
        if (!Ipv4View.isAt(packet, ip)) {
            return packet;
        }
        int from = payload(packet, ip);
        if (from < 0 || from >= packet.length()) {
            return packet;
        }
        Packet erased = packet.writable();
        erased.buffer().setZero(erased.start() + from, erased.length() - from);
        return erased;
    }

    /** Where the payload begins; negative if it is not TCP or UDP. */
    private static int payload(Packet packet, int ip) {
        int protocol = Ipv4View.protocol(packet, ip);
        int transport = Ipv4View.payload(packet, ip);
        if (protocol != Ipv4View.TCP && protocol != Ipv4View.UDP) {
            return -1;
        }
        if (Ipv4View.fragmentOffset(packet, ip) != 0) {
            return transport;
        }
        if (protocol == Ipv4View.UDP) {
            return transport + UDP_HEADER_BYTES;
        }
        if (transport + TCP_OFFSET_AT >= packet.length()) {
            return packet.length();
        }
        // A header that claims to be shorter than it can be is kept at its least length.
        return transport + Math.max(20, packet.u8(transport + TCP_OFFSET_AT) >> 4 << 2);
    }
}
