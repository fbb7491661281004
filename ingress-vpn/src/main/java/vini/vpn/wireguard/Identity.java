package vini.vpn.wireguard;

import java.util.Arrays;

/** Who we are: a private key, its public key, and what the protocol derives of that. */
public final class Identity {
    private final byte[] privateKey;
    private final byte[] publicKey;

    /** The identity of a private key of 32 bytes. */
    public Identity(byte[] privateKey) {
        this.privateKey = privateKey.clone();
        publicKey = Curve.publicKey(privateKey);
    }

    byte[] privateKey() {
        return privateKey;
    }

    /** A copy of the public key. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** Makes the private key be forgotten. */
    void forget() {
        Arrays.fill(privateKey, (byte) 0);
    }
}
