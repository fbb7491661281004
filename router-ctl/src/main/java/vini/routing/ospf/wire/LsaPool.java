package vini.routing.ospf.wire;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.net.wire.WireException;

/**
 * Lets the routers of a process share equal LSAs and parse each only once. It is a table with one
 * place per hash, so it is bounded: who comes later takes the place, and the loser is only no
 * longer shared.
 */
public final class LsaPool {
    private static final int PLACES = 1 << 14;

    private final @Nullable Lsa[] places = new @Nullable Lsa[PLACES];

    /** The LSA of {@code length} bytes at index {@code at}, which the caller has checked. */
    Lsa parse(ByteBuf in, int at, int length) throws WireException {
        int hash = in.getInt(at + LsaHeader.LINK_STATE_ID_AT);
        hash = hash * 31 + in.getInt(at + LsaHeader.ADVERTISING_ROUTER_AT);
        hash = hash * 31 + in.getInt(at + LsaHeader.SEQUENCE_AT);
        hash = hash * 31 + in.getUnsignedShort(at + LsaHeader.CHECKSUM_AT);
        int place = hash * 0x9e3779b1 >>> 32 - Integer.numberOfTrailingZeros(PLACES);
        Lsa known = places[place];
        if (known != null && known.isAt(in, at, length)) {
            return known;
        }
        Lsa lsa = Lsa.parse(in, at, length);
        places[place] = lsa;
        return lsa;
    }
}
