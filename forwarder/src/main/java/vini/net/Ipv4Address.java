package vini.net;

/** An IPv4 address; {@code bits} has the first octet in its highest byte. */
public record Ipv4Address(int bits) implements IpAddress {
    public static final Ipv4Address ANY = new Ipv4Address(0);

    public static Ipv4Address parse(String text) {
        int bits = 0;
        int at = 0;
        for (int octet = 0; octet < 4; octet++) {
            int dot = octet < 3 ? text.indexOf('.', at) : text.length();
            int value = dot < 0 ? -1 : octet(text, at, dot);
            if (value < 0) {
                throw notAnAddress(text);
            }
            bits = bits << 8 | value;
            at = dot + 1;
        }
        return new Ipv4Address(bits);
    }

    /** A number of one to three digits up to 255, or -1. */
    private static int octet(String text, int from, int to) {
        if (to <= from || to > from + 3) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value > 255 ? -1 : value;
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
