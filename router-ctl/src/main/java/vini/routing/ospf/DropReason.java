package vini.routing.ospf;

/** Why something of a peer was thrown away. */
public enum DropReason {
    /** Not an IPv4 packet with OSPF whole in it. */
    IP_HEADER,
    IP_CHECKSUM,
    /** Neither to AllSPFRouters nor to the link's own address. */
    DESTINATION,
    /** Not from the address that the link's configuration names. */
    SOURCE,
    /** No such link, or it is down. */
    LINK,
    MALFORMED,
    AREA,
    /** Its router id is ours, or zero. */
    ROUTER_ID,
    /** Hello interval, dead interval or external capability differ from ours. */
    HELLO_MISMATCH,
    /** Only a hello makes a neighbour; everything else needs one, in a state that fits. */
    NEIGHBOR_STATE,
    /** Its MTU is larger than ours: its updates might not reach us. */
    MTU,
    LSA_CHECKSUM,
    LSA_TYPE,
    LSA_AGE,
    DATABASE_FULL
}
