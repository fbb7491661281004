package vini.net;

/**
 * An Ethernet address of 48 bits (IEEE 802).
 *
 * @param bits the address in the lower 48 bits; the first byte on the wire is the highest
 */
public record EtherAddress(long bits) {
    public static final int BYTES = 6;
    public static final EtherAddress BROADCAST = new EtherAddress(0xffffffffffffL);
    public static final EtherAddress ZERO = new EtherAddress(0);

    public EtherAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("more than 48 bits");
        }
    }

    /** Reads {@code 00:1b:21:3c:4d:5e}, also with dashes. */
    public static EtherAddress parse(String text) {
        if (!text.strip().matches("[0-9A-Fa-f]{1,2}([:-][0-9A-Fa-f]{1,2}){5}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no Ethernet address, such as 00:1b:21:3c:4d:5e");
        }
        long bits = 0;
        for (String octet : text.strip().split("[:-]", -1)) {
            bits = bits << 8 | Integer.parseInt(octet, 16);
        }
        return new EtherAddress(bits);
    }

    /** Whether it is a group's: broadcast or multicast. */
    public boolean isGroup() {
        return (bits >>> 40 & 1) != 0;
    }

    /** As Click writes it: {@code 00-1B-21-3C-4D-5E}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int shift = 40; shift >= 0; shift -= 8) {
            text.append(text.isEmpty() ? "" : "-");
            text.append("%02X".formatted(bits >>> shift & 0xff));
        }
        return text.toString();
    }
}
