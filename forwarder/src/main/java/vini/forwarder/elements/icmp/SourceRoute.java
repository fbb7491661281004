package vini.forwarder.elements.icmp;

import vini.forwarder.Packet;
import vini.forwarder.elements.ip.IpBounds;
import vini.net.wire.Ipv4Header;

/** The source route of a packet, turned round for the answer (RFC 1812 4.3.2.6). */
final class SourceRoute {
    private static final byte[] NONE = {};

    private static final int END = 0;
    private static final int NO_OPERATION = 1;
    private static final int LOOSE = 131;
    private static final int STRICT = 137;

    private static final int FIRST_POINTER = 4;

    private SourceRoute() {}

    /**
     * An option of the same kind with the routers that the packet has passed, the last one first,
     * filled up to whole words; empty if it has passed none, or has no sound source route.
     */
    static byte[] reversed(Packet packet) {
        int header = packet.networkHeader();
        int end = IpBounds.headerLength(packet);
        for (int at = Ipv4Header.BYTES; at + 3 <= end; ) {
            int type = packet.u8(header + at);
            if (type == END) {
                return NONE;
            }
            if (type == NO_OPERATION) {
                at++;
                continue;
            }
            int length = packet.u8(header + at + 1);
            if (length < 2 || at + length > end) {
                return NONE;
            }
            if (type == LOOSE || type == STRICT) {
                return reversed(packet, header + at, type, length);
            }
            at += length;
        }
        return NONE;
    }

    private static byte[] reversed(Packet packet, int option, int type, int length) {
        int pointer = packet.u8(option + 2);
        if (length < 3
                || (length - 3) % 4 != 0
                || pointer < FIRST_POINTER
                || pointer % 4 != 0
                || pointer > length + 1) {
            return NONE;
        }
        int passed = (pointer - FIRST_POINTER) / 4;
        if (passed == 0) {
            return NONE;
        }
        byte[] route = new byte[3 + 4 * passed + 1]; // the last byte ends the options
        route[0] = (byte) type;
        route[1] = (byte) (3 + 4 * passed);
        route[2] = FIRST_POINTER;
        for (int i = 0; i < passed; i++) {
            for (int b = 0; b < 4; b++) {
                int from = option + pointer - 1 - 4 * (i + 1) + b;
                route[3 + 4 * i + b] = (byte) packet.u8(from);
            }
        }
        return route;
    }
}
