package vini.vpn.wireguard;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * A private key or a preshared one: 32 bytes that show themselves only to who asks for {@link
 * #base64} or {@link #bytes}, never in a message, a log or a debugger's line.
 */
public final class Secret {
    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A new private key; {@code chance} must be a secure one. */
    public static Secret privateKey(RandomGenerator chance) {
        return new Secret(Curve.privateKey(chance));
    }

    /** A new preshared key; {@code chance} must be a secure one. */
    public static Secret presharedKey(RandomGenerator chance) {
        byte[] bytes = new byte[Messages.KEY_BYTES];
        chance.nextBytes(bytes);
        return new Secret(bytes);
    }

    /**
     * Reads base64.
     *
     * @throws IllegalArgumentException with a sentence for the user that does not show the text
     */
    public static Secret parse(String text) {
        return new Secret(PublicKey.decode(text, "it"));
    }

    /** The public key of this private one. */
    public PublicKey publicKey() {
        return new PublicKey(Curve.publicKey(bytes));
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** For the file of the one to whom it belongs. */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** In a time that does not depend on where they differ. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(bytes, that.bytes);
    }

    /** The same for all, for it may be shown. */
    @Override
    public int hashCode() {
        return Messages.KEY_BYTES;
    }

    @Override
    public String toString() {
        return "a secret key";
    }
}
