package vini.routing.ospf.wire;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.net.wire.WireException;

import java.util.Arrays;

/**
 * Lets the routers of a process share equal LSAs and parse each only once. It is a table with one
 * place per hash, and with a bound on its bytes: who comes later takes the place, or all places if
 * the bytes are too many, and the losers are only no longer shared.
 */
public final class LsaPool {
    private static final int PLACES = 1 << 16;

    /** Of LSAs on the wire; parsed, they are some times as large. */
    static final int BYTES_MAX = 8 << 20;

    private final @Nullable Lsa[] places = new @Nullable Lsa[PLACES];
    private int bytes;

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
        if (lsa.checksumHolds()) {
            put(place, lsa);
        }
        return lsa;
    }

    private void put(int place, Lsa lsa) {
        Lsa loser = places[place];
        bytes += lsa.length() - (loser == null ? 0 : loser.length());
        if (bytes > BYTES_MAX) {
            Arrays.fill(places, null);
            bytes = lsa.length();
        }
        places[place] = lsa;
    }

    /** The bytes of all that it holds, at most {@link #BYTES_MAX}. */
    int bytes() {
        return bytes;
    }
}
