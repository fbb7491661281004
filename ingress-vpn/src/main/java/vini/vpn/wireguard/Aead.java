package vini.vpn.wireguard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/**
 * ChaCha20-Poly1305 (RFC 8439) with a nonce of four zeros and a 64-bit counter, as WireGuard uses
 * it, and XChaCha20-Poly1305 for cookies. One serves all keys of a thread: the JDK's cipher is set
 * up for each message anyway. It works on arrays: buffers outside of the heap would be copied by
 * the JDK, piece by piece.
 */
final class Aead {
    /** What {@link #open} says of a message that was not sealed so. */
    static final int FORGED = -1;

    private static final int NONCE_BYTES = 12;
    private static final int COUNTER_AT = 4;
    private static final byte[] NOTHING = {};

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Cipher cipher;
    private final byte[] nonce = new byte[NONCE_BYTES];

    Aead() {
        try {
            cipher = Cipher.getInstance("ChaCha20-Poly1305");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no ChaCha20-Poly1305", e);
        }
    }

    /**
     * Encrypts {@code length} bytes where they stand; the tag follows them. A key and a counter
     * serve once.
     */
    void seal(SessionKey key, long counter, byte[] data, int at, int length) {
        seal(key, nonce(counter), data, at, length, NOTHING, data, at);
    }

    /**
     * Decrypts {@code length} bytes, of which the last are the tag, where they stand.
     *
     * @return how many bytes it has become, or {@link #FORGED}
     */
    int open(SessionKey key, long counter, byte[] data, int at, int length) {
        return open(key, nonce(counter), data, at, length, NOTHING, data, at);
    }

    /** The same of a part of a handshake, with the hash of what was said before. */
    void seal(byte[] key, byte[] plain, byte[] hash, byte[] to, int at) {
        seal(new SessionKey(key), nonce(0), plain, 0, plain.length, hash, to, at);
    }

    /** The same of a part of a handshake, {@code plain.length} bytes; false if it is forged. */
    boolean open(byte[] key, byte[] from, int at, byte[] hash, byte[] plain) {
        int length = plain.length + Messages.TAG_BYTES;
        return open(new SessionKey(key), nonce(0), from, at, length, hash, plain, 0) != FORGED;
    }

    /** Encrypts, and says with the tag that {@code also} is genuine. */
    void seal(SessionKey key, long counter, byte[] plain, byte[] also, byte[] to, int at) {
        seal(key, nonce(counter), plain, 0, plain.length, also, to, at);
    }

    /** Decrypts a cookie; false if it is forged. */
    boolean openCookie(byte[] key, byte[] from, int nonceAt, int at, byte[] mac, byte[] cookie) {
        SessionKey subkey = new SessionKey(HChaCha20.subkey(key, from, nonceAt));
        int length = cookie.length + Messages.TAG_BYTES;
        IvParameterSpec nonce = cookieNonce(from, nonceAt);
        return open(subkey, nonce, from, at, length, mac, cookie, 0) != FORGED;
    }

    private IvParameterSpec nonce(long counter) {
        LONGS.set(nonce, COUNTER_AT, counter);
        return new IvParameterSpec(nonce);
    }

    /** The last eight of the 24 bytes: the first sixteen are in the key. */
    private IvParameterSpec cookieNonce(byte[] from, int at) {
        return nonce((long) LONGS.get(from, at + HChaCha20.INPUT_BYTES));
    }

    private void seal(
            SessionKey key,
            IvParameterSpec iv,
            byte[] plain,
            int plainAt,
            int length,
            byte[] also,
            byte[] to,
            int at) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, iv);
            if (also.length > 0) {
                cipher.updateAAD(also);
            }
            cipher.doFinal(plain, plainAt, length, to, at);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("encryption of " + length + " bytes", e);
        }
    }

    private int open(
            SessionKey key,
            IvParameterSpec iv,
            byte[] from,
            int at,
            int length,
            byte[] also,
            byte[] to,
            int plainAt) {
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, iv);
            if (also.length > 0) {
                cipher.updateAAD(also);
            }
            return cipher.doFinal(from, at, length, to, plainAt);
        } catch (AEADBadTagException e) {
            return FORGED;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("decryption of " + length + " bytes", e);
        }
    }
}
