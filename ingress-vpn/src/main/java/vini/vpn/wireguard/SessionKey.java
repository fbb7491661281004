package vini.vpn.wireguard;

import java.io.Serial;
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

    @Override
    public void destroy() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "a session key";
    }
}
