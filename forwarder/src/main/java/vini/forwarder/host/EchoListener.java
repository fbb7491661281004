package vini.forwarder.host;

import vini.net.Ipv4Address;

/** Hears what comes back for the requests of one {@link IcmpEcho}. */
public interface EchoListener {
    /**
     * An echo reply.
     *
     * @param nanos when it arrived, on the host's clock
     */
    void reply(Ipv4Address from, int sequence, int ttl, int payloadBytes, long nanos);

    /** An ICMP error (type 3, 11, ...) that quotes one of the requests. */
    default void error(Ipv4Address from, int type, int code, int sequence, long nanos) {}
}
