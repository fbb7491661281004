package vini.forwarder.host.app;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * The content of bulk flows: byte i is i mod 251 (a prime, so that a shift by any power of two
 * shows).
 */
final class Pattern {
    private static final int PRIME = 251;
    private static final int CHUNK = 16 * 1024;

    private final ByteBuf content;

    Pattern() {
        byte[] bytes = new byte[CHUNK + PRIME];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % PRIME);
        }
        content = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(bytes));
    }

    /** The next bytes of a flow that has come to {@code offset}; valid until the next call. */
    ByteBuf from(long offset) {
        return content.slice((int) (offset % PRIME), CHUNK);
    }

    /** Whether all readable bytes are what a flow has from {@code offset} on. */
    boolean matches(ByteBuf data, long offset) {
        int start = data.readerIndex();
        int length = data.readableBytes();
        for (int done = 0; done < length; ) {
            int part = Math.min(CHUNK, length - done);
            int phase = (int) ((offset + done) % PRIME);
            if (!ByteBufUtil.equals(data, start + done, content, phase, part)) {
                return false;
            }
            done += part;
        }
        return true;
    }
}
