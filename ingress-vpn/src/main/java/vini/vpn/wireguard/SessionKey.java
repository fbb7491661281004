package vini.vpn.wireguard;

import java.io.Serial;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

import javax.crypto.SecretKey;

/** A key of ChaCha20 that can be made to be forgotten; it never shows itself. */
final class SessionKey implements SecretKey {
    @Serial private static final long serialVersionUID = 1;

    private final byte[] bytes;

    /** Takes the 32 bytes over. */
    SessionKey(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public String getAlgorithm() {
        return "ChaCha20";
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        return bytes.clone();
    }

    /** Writes its 32 bytes to where that begins, for a cipher. */
    void write(MemorySegment to) {
        MemorySegment.copy(bytes, 0, to, ValueLayout.JAVA_BYTE, 0, bytes.length);
    }

    @Override
    public void destroy() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "a session key";
    }
}
