package vini.net;

import io.netty.buffer.ByteBuf;
import io.netty.util.internal.PlatformDependent;

/** The Internet checksum of RFC 1071, and its incremental form of RFC 1624. */
public final class Checksum {
    /** Whether memory is addressed, and has the usual order of bytes. */
    private static final boolean IN_MEMORY =
            PlatformDependent.hasUnsafe() && !PlatformDependent.BIG_ENDIAN_NATIVE_ORDER;

    /** Shorter blocks are summed before a vector loop has begun. */
    private static final int VECTOR_BYTES = 192;

    /** 2^16 words of 16 bits at most 2^16 - 1 each. */
    private static final int CHUNK_BYTES = 1 << 18;

    private Checksum() {}

    /**
     * The sum of {@code length} bytes at {@code index}, to be finished by {@link #finish}, alone or
     * with others added; an odd last byte counts as high. The bounds are those of the buffer.
     */
    public static long sum(ByteBuf bytes, int index, int length) {
        if (length >= VECTOR_BYTES && IN_MEMORY && bytes.hasMemoryAddress()) {
            if (index < 0 || index > bytes.capacity() - length) {
                throw new IndexOutOfBoundsException(
                        length + " bytes at " + index + " of " + bytes.capacity());
            }
            return swapped(inMemory(bytes.memoryAddress() + index, length));
        }
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

    /** A sum of words in the machine's order, in that of the network: RFC 1071 2(B). */
    private static long swapped(long sum) {
        long folded = (sum & 0xffff_ffffL) + (sum >>> 32);
        folded = (folded & 0xffff) + (folded >>> 16);
        folded = (folded & 0xffff) + (folded >>> 16);
        return Short.reverseBytes((short) folded) & 0xffffL;
    }

    /** The sum of bytes in memory as words in little-endian order. */
    private static long inMemory(long address, int length) {
        long sum = 0;
        long at = address;
        int left = length;
        while (left >= VECTOR_BYTES) {
            int chunk = Math.min(left & -4, CHUNK_BYTES);
            sum += halves(at, chunk >> 2);
            at += chunk;
            left -= chunk;
        }
        for (; left >= 4; left -= 4) {
            sum += PlatformDependent.getInt(at) & 0xffff_ffffL;
            at += 4;
        }
        if (left >= 2) {
            sum += PlatformDependent.getShort(at) & 0xffff;
            at += 2;
            left -= 2;
        }
        return left == 0 ? sum : sum + (PlatformDependent.getByte(at) & 0xff);
    }

    /**
     * Sums the low and the high half of each word in an int of its own, which no more than {@link
     * #CHUNK_BYTES} can overflow. So the loop needs no wider numbers, and is compiled to vector
     * instructions: it takes a quarter of the time.
     */
    private static long halves(long address, int words) {
        int low = 0;
        int high = 0;
        for (int i = 0; i < words; i++) {
            int word = PlatformDependent.getInt(address + 4L * i);
            low += word & 0xffff;
            high += word >>> 16;
        }
        return (low & 0xffff_ffffL) + (high & 0xffff_ffffL);
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
