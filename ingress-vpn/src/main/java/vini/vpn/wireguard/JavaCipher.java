package vini.vpn.wireguard;

import io.netty.buffer.ByteBuf;

/**
 * That of the JDK. It works on arrays: buffers outside of the heap would be copied by the JDK,
 * piece by piece.
 */
final class JavaCipher implements PacketCipher {
    private static final int BYTES = 2048;

    private final Aead aead = new Aead();
    private byte[] data = new byte[BYTES];

    @Override
    public void seal(
            SessionKey key,
            long counter,
            ByteBuf plain,
            int plainAt,
            int length,
            ByteBuf to,
            int at) {
        byte[] bytes = room(length + Messages.TAG_BYTES);
        plain.getBytes(plainAt, bytes, 0, length);
        aead.seal(key, counter, bytes, 0, length);
        to.setBytes(at, bytes, 0, length + Messages.TAG_BYTES);
    }

    @Override
    public void seal(SessionKey key, long counter, byte[] plain, byte[] also, byte[] to, int at) {
        aead.seal(key, counter, plain, also, to, at);
    }

    @Override
    public int open(SessionKey key, long counter, ByteBuf from, int at, int length) {
        byte[] bytes = room(length);
        from.getBytes(at, bytes, 0, length);
        int opened = aead.open(key, counter, bytes, 0, length);
        if (opened != FORGED) {
            from.setBytes(at, bytes, 0, opened);
        }
        return opened;
    }

    private byte[] room(int bytes) {
        if (data.length < bytes) {
            data = new byte[bytes];
        }
        return data;
    }

    /** The JDK is given the key for each message anew; a copy that it leaves is garbage. */
    @Override
    public void forget(SessionKey key) {}

    @Override
    public void close() {}
}
