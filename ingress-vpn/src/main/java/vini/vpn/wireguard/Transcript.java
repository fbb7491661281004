package vini.vpn.wireguard;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What both ends of a handshake have said and shared so far (paper, 5.4.1): the chaining key, from
 * which keys are derived, and the hash of all that was said, to which each encryption is bound.
 */
final class Transcript {
    private static final String CONSTRUCTION = "Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s";
    private static final String IDENTIFIER = "WireGuard v1 zx2c4 Jason@zx2c4.com";

    private static final byte[] FIRST_CHAINING_KEY = Blake2s.labelled(CONSTRUCTION, new byte[0]);
    private static final byte[] FIRST_HASH = Blake2s.hash(FIRST_CHAINING_KEY, ascii(IDENTIFIER));

    private byte[] chainingKey = FIRST_CHAINING_KEY;
    private byte[] hash;

    /** The key of the last derivation. */
    private byte[] key = {};

    /** A handshake with the responder of that public key begins. */
    Transcript(byte[] responder) {
        hash = Blake2s.hash(FIRST_HASH, responder);
    }

    private Transcript(Transcript other) {
        chainingKey = other.chainingKey;
        hash = other.hash;
        key = other.key;
    }

    /** The same so far; it goes on by itself. */
    Transcript copy() {
        return new Transcript(this);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Something was said in the open. */
    void mixHash(byte[] said) {
        hash = Blake2s.hash(hash, said);
    }

    /** An ephemeral public key was said. */
    void mixEphemeral(byte[] publicKey) {
        chainingKey = Blake2s.derive(1, chainingKey, publicKey)[0];
        mixHash(publicKey);
    }

    /** A secret is shared that gives no key of its own. */
    void mixSecret(byte[] secret) {
        chainingKey = Blake2s.derive(1, chainingKey, secret)[0];
    }

    /** A secret is shared, and a key for the next encryption comes of it. */
    void mixKey(byte[] secret) {
        byte[][] derived = Blake2s.derive(2, chainingKey, secret);
        chainingKey = derived[0];
        key = derived[1];
    }

    /** The preshared key, of zeros if there is none. */
    void mixPreshared(byte[] preshared) {
        byte[][] derived = Blake2s.derive(3, chainingKey, preshared);
        chainingKey = derived[0];
        key = derived[2];
        mixHash(derived[1]);
    }

    /** Says something secret: writes it encrypted, and its tag. */
    void seal(Aead aead, byte[] plain, byte[] message, int at) {
        aead.seal(key, plain, hash, message, at);
        mixHash(Arrays.copyOfRange(message, at, at + plain.length + Messages.TAG_BYTES));
    }

    /** Hears something secret of {@code bytes}; null if it is forged. */
    byte @Nullable [] open(Aead aead, byte[] message, int at, int bytes) {
        byte[] plain = new byte[bytes];
        if (!aead.open(key, message, at, hash, plain)) {
            return null;
        }
        mixHash(Arrays.copyOfRange(message, at, at + bytes + Messages.TAG_BYTES));
        return plain;
    }

    /** The keys of the session: the initiator's for sending first. */
    SessionKey[] split() {
        byte[][] derived = Blake2s.derive(2, chainingKey, new byte[0]);
        return new SessionKey[] {new SessionKey(derived[0]), new SessionKey(derived[1])};
    }
}
