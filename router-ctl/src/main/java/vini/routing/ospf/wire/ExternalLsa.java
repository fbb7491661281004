package vini.routing.ospf.wire;

import io.netty.buffer.ByteBuf;

import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.net.wire.WireException;

/**
 * A destination outside the AS, RFC 2328 A.4.5.
 *
 * @param type2 whether the metric is larger than any path inside the AS
 * @param metric 0-16777215; the last means unreachable
 * @param forwardingAddress where packets should go instead of the originator, or 0
 */
public record ExternalLsa(int mask, boolean type2, int metric, int forwardingAddress)
        implements LsaBody {
    private static final int BYTES = 16;
    private static final int MASK_AT = 0;
    private static final int TYPE_AT = 4;
    private static final int METRIC_AT = 5;
    private static final int FORWARDING_ADDRESS_AT = 8;

    static ExternalLsa parse(ByteBuf body) throws WireException {
        int length = body.readableBytes();
        if (length < BYTES || (length - BYTES) % 12 != 0) {
            throw new WireException("external-LSA body has " + length + " bytes, want 16 + 12n");
        }
        return new ExternalLsa(
                body.getInt(MASK_AT),
                (body.getByte(TYPE_AT) & 0x80) != 0,
                body.getUnsignedMedium(METRIC_AT),
                body.getInt(FORWARDING_ADDRESS_AT));
    }

    /** The destination, of which the link state id may have host bits set: RFC 2328 appendix E. */
    public Prefix prefix(int linkStateId) {
        return new Prefix(new Ipv4Address(linkStateId & mask), Integer.bitCount(mask));
    }

    /** Writes the body, without TOS metrics and with no route tag. */
    public void emit(ByteBuf out) {
        out.writeInt(mask).writeByte(type2 ? 0x80 : 0).writeMedium(metric);
        out.writeInt(forwardingAddress).writeInt(0);
    }
}
