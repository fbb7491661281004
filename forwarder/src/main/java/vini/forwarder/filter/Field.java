package vini.forwarder.filter;

/**
 * Some bits that follow each other within four bytes of a packet.
 *
 * @param base from where bytes are counted
 * @param offset the first byte of the word of four bytes in which it lies
 * @param shift how many bits of the word are on its right
 * @param bits how many bits it has, 1-32
 * @param end how many bytes from the base a packet must have so that it has the field
 */
public record Field(Base base, int offset, int shift, int bits, int end) {
    /** Words are aligned to this, so that tests of neighbouring fields read the same word. */
    private static final int WORD = 4;

    /** A field of 1-4 whole bytes. */
    public static Field bytes(Base base, int position, int length) {
        int inWord = position % WORD;
        int offset = inWord + length <= WORD ? position - inWord : position;
        int shift = 8 * (WORD - (position - offset) - length);
        return new Field(base, offset, shift, 8 * length, position + length);
    }

    /** A field of some bits of one byte; {@code right} bits of the byte are on its right. */
    public static Field bits(Base base, int position, int right, int bits) {
        Field whole = bytes(base, position, 1);
        return new Field(base, whole.offset, whole.shift + right, bits, whole.end);
    }

    /** The largest value, as an unsigned number. */
    public int max() {
        return bits == Integer.SIZE ? -1 : (1 << bits) - 1;
    }
}
