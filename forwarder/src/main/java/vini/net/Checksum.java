package vini.net;

import io.netty.buffer.ByteBuf;

/** The Internet checksum of RFC 1071, and its incremental form of RFC 1624. */
public final class Checksum {
    private Checksum() {}

    /**
     * The unfolded sum of {@code length} bytes at {@code index}; an odd last byte counts as high.
     */
    public static long sum(ByteBuf bytes, int index, int length) {
        long sum = 0;
        int at = index;
        int end = index + length;
        for (; at + 4 <= end; at += 4) {
            sum += bytes.getUnsignedInt(at);
        }
        if (at + 2 <= end) {
            sum += bytes.getUnsignedShort(at);
            at += 2;
        }
        if (at < end) {
            sum += bytes.getUnsignedByte(at) << 8;
        }
        return sum;
    }

    /** Folds a sum to 16 bits and complements it: the value for a checksum field. */
    public static int finish(long sum) {
        long folded = (sum & 0xffffffffL) + (sum >>> 32);
        folded = (folded & 0xffff) + (folded >>> 16);
        folded = (folded & 0xffff) + (folded >>> 16);
        folded = (folded & 0xffff) + (folded >>> 16);
        return (int) ~folded & 0xffff;
    }

    /** The checksum field of a block whose own checksum field is zero (or is left out). */
    public static int of(ByteBuf bytes, int index, int length) {
        return finish(sum(bytes, index, length));
    }

    /** The pseudo-header of RFC 9293 3.1 for IPv4. */
    public static long pseudoHeader(int source, int destination, int protocol, int length) {
        return (source & 0xffffffffL) + (destination & 0xffffffffL) + protocol + length;
    }

    /** RFC 1624 eqn. 3: the field after a 16-bit word of the block has changed. */
    public static int update(int checksum, int oldWord, int newWord) {
        int sum = (~checksum & 0xffff) + (~oldWord & 0xffff) + newWord;
        sum = (sum & 0xffff) + (sum >>> 16);
        return ~((sum & 0xffff) + (sum >>> 16)) & 0xffff;
    }
}
