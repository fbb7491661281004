package vini.vpn.wireguard;

import vini.forwarder.io.Endpoint;

/** What the protocol wants of the outside. */
public interface Outlet {
    /** Sends a message, which is the outlet's then, as a datagram. */
    void send(Endpoint to, byte[] message);

    /**
     * There are keys for packets to a peer: those that wait may go.
     *
     * @return whether one went
     */
    boolean ready(Peer peer);

    /** Nobody answered: packets to the peer wait in vain. */
    void gaveUp(Peer peer);

    /** There is {@link Device#work} to do. */
    void workWaits();
}
