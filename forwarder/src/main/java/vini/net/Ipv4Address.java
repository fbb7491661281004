package vini.net;

/** An IPv4 address; {@code bits} has the first octet in its highest byte. */
public record Ipv4Address(int bits) implements IpAddress {
    public static final Ipv4Address ANY = new Ipv4Address(0);

    public static Ipv4Address parse(String text) {
        int bits = 0;
        String[] octets = text.split("\\.", -1);
        if (octets.length != 4) {
            throw notAnAddress(text);
        }
        for (String octet : octets) {
            if (octet.isEmpty()
                    || octet.length() > 3
                    || !octet.chars().allMatch(Ipv4Address::digit)) {
                throw notAnAddress(text);
            }
            int value = Integer.parseInt(octet);
            if (value > 255) {
                throw notAnAddress(text);
            }
            bits = bits << 8 | value;
        }
        return new Ipv4Address(bits);
    }

    private static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is not an IPv4 address like 10.77.0.1");
    }

    @Override
    public int bitLength() {
        return 32;
    }

    @Override
    public byte[] toBytes() {
        return new byte[] {
            (byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits
        };
    }

    @Override
    public Ipv4Address masked(int length) {
        return new Ipv4Address(bits & mask(length));
    }

    @Override
    public Ipv4Address plus(long n) {
        return new Ipv4Address((int) (bits + n));
    }

    /** The netmask of that length (0-32) as bits. */
    public static int mask(int length) {
        return length == 0 ? 0 : -1 << (32 - length);
    }

    @Override
    public int compareTo(IpAddress other) {
        return other instanceof Ipv4Address v4 ? Integer.compareUnsigned(bits, v4.bits) : -1;
    }

    @Override
    public String toString() {
        return (bits >>> 24)
                + "."
                + (bits >>> 16 & 0xff)
                + "."
                + (bits >>> 8 & 0xff)
                + "."
                + (bits & 0xff);
    }
}
