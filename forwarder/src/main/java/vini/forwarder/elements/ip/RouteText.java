package vini.forwarder.elements.ip;

import org.jspecify.annotations.Nullable;

import vini.net.Ipv4Address;

import java.util.Arrays;

/**
 * Reads commands as a router writes them, {@code set 10.0.0.0/8 10.77.128.2 1}, without making an
 * object for any: a full table has a million. What is written in another way it does not
 * understand, and leaves it to {@link IpRoute#parse}.
 */
final class RouteText {
    /** Where a route leads to, as it was written lately, and its way's number then. */
    private static final int KNOWN = 1 << 10;

    private final @Nullable String[] known = new @Nullable String[KNOWN];
    private final int[] numbers = new int[KNOWN];

    private String text = "";
    private int at;
    private int end;

    private boolean remove;
    private boolean add;
    private int bits;
    private int length;
    private int hash;

    /** Forgets all ways: numbers may mean others from now on. */
    void forget() {
        Arrays.fill(known, null);
    }

    /** Lets go of the text, which may be long. */
    void end() {
        text = "";
    }

    boolean isRemove() {
        return remove;
    }

    boolean isAdd() {
        return add;
    }

    int bits() {
        return bits;
    }

    int length() {
        return length;
    }

    /** Reads the command from {@code from} to {@code to}; false if it is no plain one. */
    boolean read(String from, int begin, int to) {
        text = from;
        at = begin;
        end = to;
        add = from.startsWith("add ", begin);
        remove = from.startsWith("remove ", begin);
        if (!add && !remove && !from.startsWith("set ", begin)) {
            return false;
        }
        at += remove ? 7 : 4;
        if (!readPrefix()) {
            return false;
        }
        if (remove) {
            return at == end;
        }
        if (at == end || text.charAt(at) != ' ') {
            return false;
        }
        at++;
        return readRest();
    }

    private boolean readPrefix() {
        bits = 0;
        for (int octet = 0; octet < 4; octet++) {
            if (octet > 0 && !skip('.')) {
                return false;
            }
            int value = number(3);
            if (value < 0 || value > 255) {
                return false;
            }
            bits = bits << 8 | value;
        }
        length = 32;
        if (skip('/')) {
            length = number(2);
            if (length < 0 || length > 32) {
                return false;
            }
        }
        bits &= Ipv4Address.mask(length);
        return true;
    }

    private boolean skip(char wanted) {
        if (at < end && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private int number(int digits) {
        int value = 0;
        int from = at;
        while (at < end && at < from + digits) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = value * 10 + digit;
            at++;
        }
        return at == from ? -1 : value;
    }

    /** Only numbers: what a name means may depend on who asks. */
    private boolean readRest() {
        hash = 0;
        for (int i = at; i < end; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != '|' && c != ' ' && c != '-') {
                return false;
            }
            hash = hash * 31 + c;
        }
        hash = (hash ^ hash >>> 10) & KNOWN - 1;
        return at < end;
    }

    /** The number of the way of what was read, or 0 if it is not known. */
    int way() {
        String candidate = known[hash];
        return candidate != null && candidate.length() == end - at && text.startsWith(candidate, at)
                ? numbers[hash]
                : 0;
    }

    /** What was read leads to the way of that number. */
    void know(int number) {
        known[hash] = text.substring(at, end);
        numbers[hash] = number;
    }
}
