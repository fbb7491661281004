package vini.forwarder;

import io.netty.buffer.ByteBuf;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Memory for the packets that come by one system call: each becomes a {@link PacketPool#window} of
 * it. Packets, and who fills it, share it by count; they may be on several threads. It goes back to
 * the pool where the last of them ends.
 */
public final class Block {
    /** One datagram or IP packet, the longest, and a little. */
    public static final int BYTES = 1 << 16;

    private final ByteBuf bytes;
    private final AtomicInteger references = new AtomicInteger();

    Block(ByteBuf bytes) {
        this.bytes = bytes;
    }

    /** The memory, {@link #BYTES} long; valid as long as the caller has a reference. */
    public ByteBuf bytes() {
        return bytes;
    }

    /** So many more have a reference. */
    public void retain(int more) {
        references.addAndGet(more);
    }

    /** One has a reference no more; true if it was the last. */
    boolean release() {
        return references.decrementAndGet() == 0;
    }
}
