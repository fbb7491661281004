package vini.forwarder.elements.ip;

import vini.net.Ipv4Address;

/**
 * Reads commands as a router writes them, {@code set 10.0.0.0/8 10.77.128.2 1}. What is written in
 * another way it does not understand, and leaves it to {@link IpRoute#parse}.
 */
final class RouteText {
    private final RouteLine line = new RouteLine();
    private int bits;
    private int length;

    /** The verb, and the way where it leads to one. */
    RouteLine line() {
        return line;
    }

    int bits() {
        return bits;
    }

    int length() {
        return length;
    }

    /** Reads the command from {@code from} to {@code to}; false if it is no plain one. */
    boolean read(String text, int from, int to) {
        return line.begin(text, from, to) && readPrefix() && line.finish();
    }

    private boolean readPrefix() {
        bits = 0;
        for (int octet = 0; octet < 4; octet++) {
            if (octet > 0 && !line.skip('.')) {
                return false;
            }
            int value = line.number(3, 10);
            if (value < 0 || value > 255) {
                return false;
            }
            bits = bits << 8 | value;
        }
        length = 32;
        if (line.skip('/')) {
            length = line.number(2, 10);
            if (length < 0 || length > 32) {
                return false;
            }
        }
        bits &= Ipv4Address.mask(length);
        return true;
    }
}
