package vini.vpn.wireguard;

import org.bouncycastle.crypto.digests.Blake2sDigest;

import java.nio.charset.StandardCharsets;

/**
 * The hash function of WireGuard in its three uses (paper, 5.4): HASH, MAC (keyed, 16 bytes), and
 * the key derivation KDF, which is HKDF (RFC 5869) over HMAC (RFC 2104) over the hash.
 */
final class Blake2s {
    static final int BYTES = 32;

    private static final int BLOCK_BYTES = 64;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private Blake2s() {}

    /** The hash of the parts one after the other. */
    static byte[] hash(byte[]... parts) {
        Blake2sDigest digest = new Blake2sDigest(Byte.SIZE * BYTES);
        return finish(digest, BYTES, parts);
    }

    /** The hash of one of the protocol's labels, and of a key. */
    static byte[] labelled(String label, byte[] key) {
        return hash(label.getBytes(StandardCharsets.US_ASCII), key);
    }

    /** The MAC of {@code length} bytes under a key of up to 32 bytes. */
    static byte[] mac(byte[] key, byte[] message, int length) {
        Blake2sDigest digest = new Blake2sDigest(key, Messages.MAC_BYTES, null, null);
        digest.update(message, 0, length);
        byte[] mac = new byte[Messages.MAC_BYTES];
        digest.doFinal(mac, 0);
        return mac;
    }

    static byte[] hmac(byte[] key, byte[]... parts) {
        Blake2sDigest inner = new Blake2sDigest(Byte.SIZE * BYTES);
        inner.update(pad(key, INNER), 0, BLOCK_BYTES);
        byte[] first = finish(inner, BYTES, parts);
        Blake2sDigest outer = new Blake2sDigest(Byte.SIZE * BYTES);
        outer.update(pad(key, OUTER), 0, BLOCK_BYTES);
        return finish(outer, BYTES, first);
    }

    private static byte[] pad(byte[] key, byte with) {
        byte[] block = new byte[BLOCK_BYTES];
        for (int i = 0; i < BLOCK_BYTES; i++) {
            block[i] = (byte) ((i < key.length ? key[i] : 0) ^ with);
        }
        return block;
    }

    private static byte[] finish(Blake2sDigest digest, int bytes, byte[]... parts) {
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] result = new byte[bytes];
        digest.doFinal(result, 0);
        return result;
    }

    /** So many keys of 32 bytes, 1-3, derived from a chaining key and an input. */
    static byte[][] derive(int keys, byte[] chainingKey, byte[] input) {
        byte[] secret = hmac(chainingKey, input);
        byte[][] derived = new byte[keys][];
        byte[] last = new byte[0];
        for (int i = 0; i < keys; i++) {
            last = hmac(secret, last, new byte[] {(byte) (i + 1)});
            derived[i] = last;
        }
        return derived;
    }
}
