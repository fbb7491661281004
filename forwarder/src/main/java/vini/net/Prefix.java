package vini.net;

import java.util.regex.Pattern;

/**
 * An address block: {@code length} leading bits of {@code address}; all other bits are zero.
 * Ordered by address, then shortest first.
 */
public record Prefix(IpAddress address, int length) implements Comparable<Prefix> {
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,3}");

    public Prefix {
        if (length < 0 || length > address.bitLength()) {
            throw new IllegalArgumentException(
                    "prefix length " + length + " is outside 0-" + address.bitLength());
        }
        address = address.masked(length);
    }

    /** Reads {@code 10.0.0.0/8}; a bare address is a host prefix. Host bits are cleared. */
    public static Prefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return host(IpAddress.parse(text));
        }
        String length = text.substring(slash + 1);
        if (!LENGTH.matcher(length).matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a prefix like 10.77.0.0/16");
        }
        return new Prefix(IpAddress.parse(text.substring(0, slash)), Integer.parseInt(length));
    }

    /** The /32 or /128 of an address. */
    public static Prefix host(IpAddress address) {
        return new Prefix(address, address.bitLength());
    }

    public boolean contains(IpAddress other) {
        return other.bitLength() == address.bitLength() && other.masked(length).equals(address);
    }

    public boolean contains(Prefix other) {
        return other.length >= length && contains(other.address);
    }

    @Override
    public int compareTo(Prefix other) {
        int byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(length, other.length);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
