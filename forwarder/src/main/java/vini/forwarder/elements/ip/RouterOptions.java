package vini.forwarder.elements.ip;

import vini.forwarder.Packet;
import vini.net.Ipv4Address;
import vini.net.wire.Ipv4Header;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a router does to the options of a packet that it forwards: it writes its address into record
 * route, and address and time into timestamp options (RFC 791 3.1, RFC 1812 5.3.13). Source routes
 * are the business of the router that the packet is addressed to.
 */
final class RouterOptions {
    /** The options are in order, and nothing had to be written. */
    static final int UNCHANGED = -1;

    /** Something was written; the checksum must be computed anew. */
    static final int CHANGED = -2;

    private static final int END = 0;
    private static final int NO_OPERATION = 1;
    private static final int RECORD_ROUTE = 7;
    private static final int TIMESTAMP = 68;

    private static final int FLAG_TIME_ONLY = 0;
    private static final int FLAG_WITH_ADDRESS = 1;
    private static final int FLAG_PRESPECIFIED = 3;

    private static final long DAY_MS = 86_400_000;

    private final int address;
    private final List<Ipv4Address> all;

    /**
     * Options as this router treats them.
     *
     * @param address of the interface by which packets leave
     * @param others its other addresses
     */
    RouterOptions(Ipv4Address address, List<Ipv4Address> others) {
        this.address = address.bits();
        this.all = Stream.concat(Stream.of(address), others.stream()).toList();
    }

    /** Whether a packet that has a header has options at all. */
    static boolean isWithout(Packet packet) {
        return IpBounds.headerLength(packet) == Ipv4Header.BYTES;
    }

    /**
     * Treats the options of a packet that has a header and may be written.
     *
     * @return {@link #UNCHANGED}, {@link #CHANGED}, or which byte of the header is wrong
     */
    int treat(Packet packet, long epochNanos) {
        int header = packet.networkHeader();
        int end = IpBounds.headerLength(packet);
        int result = UNCHANGED;
        for (int at = Ipv4Header.BYTES; at < end; ) {
            int type = packet.u8(header + at);
            if (type == END) {
                break;
            }
            if (type == NO_OPERATION) {
                at++;
                continue;
            }
            if (at + 2 > end) {
                return at;
            }
            int length = packet.u8(header + at + 1);
            if (length < 2 || at + length > end) {
                return at + 1;
            }
            int done =
                    switch (type) {
                        case RECORD_ROUTE -> recordRoute(packet, header, at, length);
                        case TIMESTAMP -> timestamp(packet, header, at, length, epochNanos);
                        default -> UNCHANGED;
                    };
            if (done >= 0) {
                return done;
            }
            result = Math.min(result, done);
            at += length;
        }
        return result;
    }

    private int recordRoute(Packet packet, int header, int at, int length) {
        if (length < 3) {
            return at + 1;
        }
        int pointer = packet.u8(header + at + 2);
        if (pointer < 4) {
            return at + 2;
        }
        if (pointer > length) {
            return UNCHANGED; // full
        }
        if (pointer + 3 > length) {
            return at + 2;
        }
        packet.set32(header + at + pointer - 1, address);
        packet.set8(header + at + 2, pointer + 4);
        return CHANGED;
    }

    private int timestamp(Packet packet, int header, int at, int length, long epochNanos) {
        if (length < 4) {
            return at + 1;
        }
        int pointer = packet.u8(header + at + 2);
        int flags = packet.u8(header + at + 3);
        int kind = flags & 0x0f;
        if (pointer < 5) {
            return at + 2;
        }
        if (pointer > length) {
            if (flags >>> 4 == 0x0f) {
                return at + 3; // one too many that had no room
            }
            packet.set8(header + at + 3, flags + 0x10);
            return CHANGED;
        }
        if (kind != FLAG_TIME_ONLY && kind != FLAG_WITH_ADDRESS && kind != FLAG_PRESPECIFIED) {
            return at + 3;
        }
        int bytes = kind == FLAG_TIME_ONLY ? 4 : 8;
        if (pointer - 1 + bytes > length) {
            return at + 2;
        }
        int place = header + at + pointer - 1;
        if (kind == FLAG_PRESPECIFIED && !isOurs(packet.i32(place))) {
            return UNCHANGED;
        }
        if (kind == FLAG_WITH_ADDRESS) {
            packet.set32(place, address);
        }
        packet.set32(place + bytes - 4, millisecondsOfDay(epochNanos));
        packet.set8(header + at + 2, pointer + bytes);
        return CHANGED;
    }

    private boolean isOurs(int other) {
        return all.contains(new Ipv4Address(other));
    }

    private static int millisecondsOfDay(long epochNanos) {
        return (int) Math.floorMod(epochNanos / 1_000_000, DAY_MS);
    }
}
