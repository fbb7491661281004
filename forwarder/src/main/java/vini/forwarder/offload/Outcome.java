package vini.forwarder.offload;

import vini.forwarder.Packet;

/** Hears how a system call ended for each packet that was part of it, and owns the packet then. */
public interface Outcome {
    /**
     * Ends a packet.
     *
     * @param result 0 or more if the kernel took it, else {@code -errno}
     */
    void of(Packet packet, long result);
}
