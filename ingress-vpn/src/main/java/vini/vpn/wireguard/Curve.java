package vini.vpn.wireguard;

import org.bouncycastle.math.ec.rfc7748.X25519;
import org.jspecify.annotations.Nullable;

import java.util.random.RandomGenerator;

/** X25519 (RFC 7748) on keys of 32 bytes. */
public final class Curve {
    private Curve() {}

    /** A new private key. */
    public static byte[] privateKey(RandomGenerator chance) {
        byte[] key = new byte[Messages.KEY_BYTES];
        chance.nextBytes(key);
        X25519.clampPrivateKey(key);
        return key;
    }

    /** The public key of a private one. */
    public static byte[] publicKey(byte[] privateKey) {
        byte[] key = new byte[Messages.KEY_BYTES];
        X25519.generatePublicKey(privateKey, 0, key, 0);
        return key;
    }

    /** The secret that both ends share; null if the other's key is one that leaves none. */
    static byte @Nullable [] shared(byte[] privateKey, byte[] publicKey) {
        byte[] secret = new byte[Messages.KEY_BYTES];
        return X25519.calculateAgreement(privateKey, 0, publicKey, 0, secret, 0) ? secret : null;
    }
}
