package vini.routing.ospf.wire;

import io.netty.buffer.ByteBuf;

import vini.net.wire.WireException;

import java.util.ArrayList;
import java.util.List;

/** The Link State Update packet's body, RFC 2328 A.3.5. */
public record LinkStateUpdate(List<AgedLsa> lsas) implements OspfMessage {
    /** The bytes before the LSAs. */
    public static final int FIXED_BYTES = 4;

    /**
     * An LSA as it travels.
     *
     * @param age the age field, 0-65535: seconds, and in bit 15 the DoNotAge of RFC 1793
     */
    public record AgedLsa(Lsa lsa, int age) {}

    public LinkStateUpdate {
        lsas = List.copyOf(lsas);
    }

    static LinkStateUpdate parse(ByteBuf body, LsaPool pool) throws WireException {
        int length = body.readableBytes();
        if (length < FIXED_BYTES) {
            throw new WireException("OSPF update body has " + length + " bytes, want 4 or more");
        }
        long count = body.getUnsignedInt(0);
        // Each LSA has a header at least, so that a huge count cannot make us reserve for it.
        if (count > (length - FIXED_BYTES) / LsaHeader.BYTES) {
            throw new WireException(
                    "OSPF update of " + length + " bytes cannot hold " + count + " LSAs");
        }
        List<AgedLsa> lsas = new ArrayList<>((int) count);
        int at = FIXED_BYTES;
        for (int i = 0; i < count; i++) {
            int lsaLength = LsaHeader.checkedLength(body, at);
            lsas.add(
                    new AgedLsa(
                            pool.parse(body, at, lsaLength),
                            body.getUnsignedShort(at + LsaHeader.AGE_AT)));
            at += lsaLength;
        }
        if (at != length) {
            throw new WireException("OSPF update has " + (length - at) + " bytes after its LSAs");
        }
        return new LinkStateUpdate(lsas);
    }

    @Override
    public OspfHeader.Type type() {
        return OspfHeader.Type.LINK_STATE_UPDATE;
    }

    @Override
    public void emit(ByteBuf out) {
        out.writeInt(lsas.size());
        lsas.forEach(aged -> aged.lsa().emit(out, aged.age()));
    }
}
