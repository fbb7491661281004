package vini.routing.ospf.wire;

import vini.net.Ipv4Address;

/**
 * What makes an LSA that LSA, whatever its instance: RFC 2328 12.1.
 *
 * @param type the LS type as on the wire, known or not
 */
public record LsaKey(int type, int linkStateId, int advertisingRouter) {
    public static final int ROUTER = 1;
    public static final int NETWORK = 2;
    public static final int SUMMARY_NETWORK = 3;
    public static final int SUMMARY_ASBR = 4;
    public static final int AS_EXTERNAL = 5;

    /** The key of the router-LSA that this router originates. */
    public static LsaKey router(int routerId) {
        return new LsaKey(ROUTER, routerId, routerId);
    }

    @Override
    public int hashCode() {
        // The ids of one area differ in few low bits; the product spreads them.
        return (linkStateId * 31 + advertisingRouter) * 0x9e3779b1 + type;
    }

    @Override
    public String toString() {
        return type
                + " "
                + new Ipv4Address(linkStateId)
                + " by "
                + new Ipv4Address(advertisingRouter);
    }
}
