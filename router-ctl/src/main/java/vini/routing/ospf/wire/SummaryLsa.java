package vini.routing.ospf.wire;

import io.netty.buffer.ByteBuf;

import vini.net.wire.WireException;

/**
 * What a border router says of a network or AS boundary router elsewhere, RFC 2328 A.4.4.
 *
 * @param metric 0-16777215; the last means unreachable
 */
public record SummaryLsa(int mask, int metric) implements LsaBody {
    private static final int BYTES = 8;
    private static final int MASK_AT = 0;
    private static final int METRIC_AT = 5;

    static SummaryLsa parse(ByteBuf body) throws WireException {
        if (body.readableBytes() < BYTES || body.readableBytes() % 4 != 0) {
            throw new WireException(
                    "summary-LSA body has " + body.readableBytes() + " bytes, want 8 + 4n");
        }
        return new SummaryLsa(body.getInt(MASK_AT), body.getUnsignedMedium(METRIC_AT));
    }

    /** Writes the body, without TOS metrics. */
    public void emit(ByteBuf out) {
        out.writeInt(mask).writeInt(metric);
    }
}
