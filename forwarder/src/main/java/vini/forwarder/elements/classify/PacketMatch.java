package vini.forwarder.elements.classify;

import vini.forwarder.Packet;
import vini.forwarder.filter.Program;

/** Runs a program on the bytes of a packet. */
final class PacketMatch {
    private static final int ETHER_BYTES = 14;

    private PacketMatch() {}

    /** Offsets count from the first byte of the packet. */
    static int byBytes(Program program, Packet packet) {
        int start = packet.start();
        int end = start + packet.length();
        return program.match(packet.buffer(), start, end, end);
    }

    /** Offsets count from the network header, and from what follows it and its options. */
    static int byIpHeader(Program program, Packet packet) {
        int end = packet.start() + packet.length();
        int header = packet.start() + packet.networkHeader();
        if (header < 0 || header >= end) {
            // There is no header: the packet is too short for any test.
            return program.match(packet.buffer(), end, end, end);
        }
        int headerLength = (packet.buffer().getByte(header) & 0x0f) << 2;
        int link = packet.start() + packet.macHeader();
        return program.match(
                packet.buffer(),
                link >= 0 && link + ETHER_BYTES <= header ? link : -1,
                header,
                header + headerLength,
                end);
    }
}
