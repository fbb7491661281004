package vini.forwarder.elements.standard;

import vini.forwarder.Packet;

/** Makes packets longer, within the bounds of a packet. */
final class Lengths {
    /** No packet grows beyond this, whatever an annotation says. */
    static final int MAX = 0xffff;

    private Lengths() {}

    /** The packet with {@code bytes} more zeros at its end, or a copy that has them. */
    static Packet grow(Packet packet, int bytes) {
        int old = packet.length();
        Packet longer = packet.append(bytes);
        longer.buffer().setZero(longer.start() + old, bytes);
        return longer;
    }
}
