package vini.routing;

import io.netty.buffer.ByteBuf;

/** The way of one node's routing packets to and from the node's links. */
public interface PuntPort {
    /** What comes in from the node's links; called on the router's thread. */
    interface Receiver {
        /** An IP packet that came in by link {@code link}; valid during the call only. */
        void packet(int link, ByteBuf ipPacket);

        /** Whether it takes a packet of so many bytes now; else that is lost. */
        default boolean hasRoomFor(int bytes) {
            return true;
        }

        /** The carrier of link {@code link}, told once at the start and at each change. */
        void carrier(int link, boolean up);
    }

    /** Names the one receiver; before that, packets are dropped. */
    void receiver(Receiver receiver);

    /**
     * Sends an IP packet by a link; the port takes over the reference, and reads the bytes only.
     * Never blocks.
     */
    void send(int link, ByteBuf ipPacket);
}
