package vini.forwarder;

/** Whose packet a link-level packet was: Click's packet type annotation. */
public enum PacketType {
    /** Addressed to this machine. */
    HOST,
    BROADCAST,
    MULTICAST,
    /** Addressed to another machine. */
    OTHERHOST,
    /** Sent by this machine. */
    OUTGOING,
    LOOPBACK,
    FASTROUTE
}
