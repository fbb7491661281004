package vini.net;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** An IPv6 address; {@code high} has the first eight octets. Text follows RFC 4291 and RFC 5952. */
public record Ipv6Address(long high, long low) implements IpAddress {
    private static final int GROUPS = 8;

    public static Ipv6Address parse(String text) {
        int gap = text.indexOf("::");
        List<Integer> head =
                gap < 0 ? groups(text, text, true) : groups(text.substring(0, gap), text, false);
        List<Integer> tail = gap < 0 ? List.of() : groups(text.substring(gap + 2), text, true);
        int missing = GROUPS - head.size() - tail.size();
        if (gap < 0 ? missing != 0 : missing < 1) {
            throw notAnAddress(text);
        }
        List<Integer> all = new ArrayList<>(head);
        for (int i = 0; i < missing; i++) {
            all.add(0);
        }
        all.addAll(tail);
        return new Ipv6Address(word(all, 0), word(all, 4));
    }

    /** Only the last 32 bits of an address may be written as dotted quad, RFC 4291 2.2. */
    private static List<Integer> groups(String part, String whole, boolean last) {
        List<Integer> groups = new ArrayList<>();
        if (part.isEmpty()) {
            return groups;
        }
        String[] pieces = part.split(":", -1);
        for (int i = 0; i < pieces.length; i++) {
            String piece = pieces[i];
            if (last && i == pieces.length - 1 && piece.indexOf('.') >= 0) {
                int v4 = Ipv4Address.parse(piece).bits();
                groups.add(v4 >>> 16);
                groups.add(v4 & 0xffff);
            } else if (piece.matches("[0-9a-fA-F]{1,4}")) {
                groups.add(Integer.parseInt(piece, 16));
            } else {
                throw notAnAddress(whole);
            }
        }
        return groups;
    }

    private static long word(List<Integer> groups, int from) {
        long word = 0;
        for (int i = from; i < from + 4; i++) {
            word = word << 16 | groups.get(i);
        }
        return word;
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException("\"" + text + "\" is not an IPv6 address like fd00::1");
    }

    @Override
    public int bitLength() {
        return 128;
    }

    @Override
    public byte[] toBytes() {
        return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }

    @Override
    public Ipv6Address masked(int length) {
        return length <= 64
                ? new Ipv6Address(high & mask(length), 0)
                : new Ipv6Address(high, low & mask(length - 64));
    }

    private static long mask(int length) {
        return length == 0 ? 0 : -1L << (64 - length);
    }

    @Override
    public Ipv6Address plus(long n) {
        long sum = low + n;
        boolean carry = n >= 0 && Long.compareUnsigned(sum, low) < 0;
        boolean borrow = n < 0 && Long.compareUnsigned(sum, low) > 0;
        return new Ipv6Address(carry ? high + 1 : borrow ? high - 1 : high, sum);
    }

    private int group(int index) {
        long word = index < 4 ? high : low;
        return (int) (word >>> (48 - 16 * (index & 3))) & 0xffff;
    }

    @Override
    public int compareTo(IpAddress other) {
        if (!(other instanceof Ipv6Address v6)) {
            return 1;
        }
        int first = Long.compareUnsigned(high, v6.high);
        return first != 0 ? first : Long.compareUnsigned(low, v6.low);
    }

    /** RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups as ::. */
    @Override
    public String toString() {
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && group(end) == 0) {
                end++;
            }
            if (end - i > bestLength) {
                bestStart = i;
                bestLength = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == bestStart) {
                text.append("::");
                i += bestLength - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(group(i)));
        }
        return text.toString();
    }
}
