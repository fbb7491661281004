package vini.forwarder.filter;

/**
 * A question to a packet: are the bits under the mask, of the four bytes at an offset, those of the
 * value? The third answer is that the packet is too short.
 *
 * @param base from where the offset counts
 * @param offset where the four bytes begin
 * @param mask which of their bits count; with none, the question is only for the length
 * @param value what these bits must be; no bit outside the mask is set
 * @param end how many bytes from the base the packet must have, past the last byte of the mask
 */
record Question(Base base, int offset, int mask, int value, int end) {
    boolean sameWord(Question other) {
        return base == other.base && offset == other.offset;
    }
}
