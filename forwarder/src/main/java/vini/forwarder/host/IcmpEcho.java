package vini.forwarder.host;

import vini.net.Ipv4Address;

/** Sends ICMP echo requests (RFC 792) with one identifier. */
public interface IcmpEcho extends AutoCloseable {
    /** The identifier in the requests, 0-65535. */
    int id();

    /**
     * Sends one request.
     *
     * @param sequence 0-65535
     * @param payloadBytes data after the ICMP header, 0-1472 at an MTU of 1500
     * @param ttl 1-255
     */
    void send(Ipv4Address destination, int sequence, int payloadBytes, int ttl);

    /** No callback comes after this. */
    @Override
    void close();
}
