package vini.vpn.wireguard;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Base64;

/** A public key, a value: 32 bytes, for people in base64. */
public final class PublicKey {
    private final byte[] bytes;

    /** That of these 32 bytes, copied. */
    public PublicKey(byte[] bytes) {
        if (bytes.length != Messages.KEY_BYTES) {
            throw new IllegalArgumentException("a key has 32 bytes, not " + bytes.length);
        }
        this.bytes = bytes.clone();
    }

    /**
     * Reads base64.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static PublicKey parse(String text) {
        return new PublicKey(decode(text, "'" + text + "'"));
    }

    /** The 32 bytes of a key in base64; {@code what} names it for the user. */
    static byte[] decode(String text, String what) {
        // 32 bytes are 43 characters and a filler; the last character has two bits of zero.
        if (text.matches("[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=")) {
            return Base64.getDecoder().decode(text);
        }
        throw new IllegalArgumentException(what + " is not a key of 44 characters in base64");
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PublicKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Base64. */
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
