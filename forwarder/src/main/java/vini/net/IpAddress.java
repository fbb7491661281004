package vini.net;

/** An address of either family, ordered by family and then as an unsigned number. */
public sealed interface IpAddress extends Comparable<IpAddress> permits Ipv4Address, Ipv6Address {
    /** 32 or 128. */
    int bitLength();

    /** 4 or 16 bytes in network order. */
    byte[] toBytes();

    /** The address whose bits after the first {@code length} are zero. */
    IpAddress masked(int length);

    /** The address that is {@code n} further on; wraps around at the end of the family. */
    IpAddress plus(long n);

    /**
     * Reads dotted quad, or RFC 4291 text.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    static IpAddress parse(String text) {
        return text.indexOf(':') >= 0 ? Ipv6Address.parse(text) : Ipv4Address.parse(text);
    }
}
