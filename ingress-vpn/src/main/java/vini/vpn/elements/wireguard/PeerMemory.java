package vini.vpn.elements.wireguard;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Packet;
import vini.vpn.wireguard.Device;
import vini.vpn.wireguard.Peer;

/**
 * Whose an address of a packet is, by the allowed addresses of all peers. The last answer for IPv4
 * is kept, since packets come in runs.
 */
final class PeerMemory {
    private static final int IPV4_BYTES = 20;
    private static final int IPV6_BYTES = 40;

    private final int ipv4At;
    private final int ipv6At;
    private @Nullable Peer last;
    private int lastAddress;

    private PeerMemory(int ipv4At, int ipv6At) {
        this.ipv4At = ipv4At;
        this.ipv6At = ipv6At;
    }

    /** Of the sources of packets. */
    static PeerMemory ofSources() {
        return new PeerMemory(12, 8);
    }

    /** Of their destinations. */
    static PeerMemory ofDestinations() {
        return new PeerMemory(16, 24);
    }

    /** The peer; null if it is nobody's, or the packet is no IP packet. */
    @Nullable Peer find(Device device, Packet packet) {
        int length = packet.length();
        int version = length == 0 ? 0 : packet.u8(0) >> 4;
        if (version == 4 && length >= IPV4_BYTES) {
            int address = packet.i32(ipv4At);
            if (last == null || address != lastAddress) {
                last = device.to(address);
                lastAddress = address;
            }
            return last;
        }
        return version == 6 && length >= IPV6_BYTES
                ? device.to(word(packet, ipv6At), word(packet, ipv6At + Long.BYTES))
                : null;
    }

    private static long word(Packet packet, int at) {
        return (long) packet.i32(at) << 32 | packet.i32(at + 4) & 0xffffffffL;
    }

    /** The peers or their addresses are others now. */
    void forget() {
        last = null;
    }
}
