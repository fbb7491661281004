package vini.vpn.wireguard;

import io.netty.buffer.ByteBuf;

/**
 * ChaCha20-Poly1305 (RFC 8439) of packets and cookies, with a nonce of four zeros and a 64-bit
 * counter as WireGuard uses it, in memory outside of the heap. One serves all keys of a thread.
 */
interface PacketCipher extends AutoCloseable {
    /** What {@link #open} says of a message that was not sealed so. */
    int FORGED = -1;

    int SHORT_BYTES = 64;

    /** The fastest that the machine has: libcrypto's where it is installed, else Java's. */
    static PacketCipher fastest() {
        PacketCipher libcrypto = LibcryptoCipher.find();
        return libcrypto == null ? new JavaCipher() : libcrypto;
    }

    /**
     * Encrypts {@code length} bytes of {@code plain}; they stand at {@code at} of {@code to} then,
     * and the tag behind them. Both places may be the same, but must not overlap else. A key and a
     * counter serve once.
     *
     * @throws IndexOutOfBoundsException there is no room
     */
    void seal(
            SessionKey key,
            long counter,
            ByteBuf plain,
            int plainAt,
            int length,
            ByteBuf to,
            int at);

    /**
     * Encrypts something short, at most {@link #SHORT_BYTES}, to that place, and says with its tag
     * that {@code also}, as short, is genuine.
     */
    void seal(SessionKey key, long counter, byte[] plain, byte[] also, byte[] to, int at);

    /**
     * Decrypts {@code length} bytes, of which the last are the tag, where they stand. What is left
     * of a forged one is of no use.
     *
     * @return how many bytes it has become, or {@link #FORGED}
     * @throws IndexOutOfBoundsException they are not there
     */
    int open(SessionKey key, long counter, ByteBuf data, int at, int length);

    /** The key is not needed any more: nothing of it stays here. */
    void forget(SessionKey key);

    @Override
    void close();
}
