package vini.forwarder.host;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Where the packets of a {@link BuiltinStack} go. */
@FunctionalInterface
public interface IpOutput {
    /** Takes over one whole IPv4 packet. */
    void send(ByteBuf packet);

    /** An empty buffer for a packet of {@code bytes}; with headroom before it, if that helps. */
    default ByteBuf buffer(int bytes) {
        return ByteBufAllocator.DEFAULT.buffer(bytes);
    }
}
