package vini.routing.ospf;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import vini.net.wire.Ipv4Header;

/**
 * Puts an OSPF packet that was larger than the link's MTU together again, RFC 791 3.2. Only an
 * update with one large LSA is: a router with more than 60 links. Links keep order, so a fragment
 * that does not follow on the last one means a loss, and the sender will repeat it all.
 */
final class Reassembly {
    private static final int BYTES_MAX = 65535 - Ipv4Header.BYTES;
    private static final int UNIT = 8;

    private @Nullable ByteBuf gathered;
    private int id;

    /**
     * Takes one fragment.
     *
     * @param newId the identification field
     * @param field the flags and offset, as in the header; not those of a whole packet
     * @return the payload of the whole packet, if this was the last fragment; else null
     */
    @Nullable ByteBuf add(int newId, int field, ByteBuf payload) {
        int offset = (field & Ipv4Header.FRAGMENT_OFFSET_MASK) * UNIT;
        if (offset == 0) {
            gathered = Unpooled.buffer(payload.readableBytes() * 2);
            id = newId;
        }
        ByteBuf all = gathered;
        if (all == null
                || id != newId
                || offset != all.readableBytes()
                || offset + payload.readableBytes() > BYTES_MAX) {
            gathered = null;
            return null;
        }
        all.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
        if ((field & Ipv4Header.MORE_FRAGMENTS) != 0) {
            return null;
        }
        gathered = null;
        return all;
    }
}
