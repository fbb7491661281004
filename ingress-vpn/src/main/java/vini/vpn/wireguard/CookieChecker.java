package vini.vpn.wireguard;

import static vini.vpn.wireguard.Messages.COOKIE_AT;
import static vini.vpn.wireguard.Messages.COOKIE_NONCE_AT;
import static vini.vpn.wireguard.Messages.COOKIE_NONCE_BYTES;
import static vini.vpn.wireguard.Messages.MAC_BYTES;

import org.jspecify.annotations.Nullable;

import vini.forwarder.io.Endpoint;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The receiver's side of the two MACs of handshake messages (paper, 5.3 and 5.4.4): the first
 * proves that the sender knows whom it speaks to, the second that it can be reached where it says,
 * for it bears a cookie that was sent there. MACs are compared in constant time.
 */
final class CookieChecker {
    static final String LABEL_MAC = "mac1----";
    static final String LABEL_COOKIE = "cookie--";

    /** Cookies are made of another secret after this time. */
    static final long SECRET_NANOS = 120_000_000_000L;

    private final Aead aead;
    private final RandomGenerator chance;
    private final byte[] macKey;
    private final byte[] cookieKey;
    private byte @Nullable [] secret;
    private long secretSince;

    CookieChecker(byte[] publicKey, Aead aead, RandomGenerator chance) {
        this.aead = aead;
        this.chance = chance;
        macKey = Blake2s.labelled(LABEL_MAC, publicKey);
        cookieKey = Blake2s.labelled(LABEL_COOKIE, publicKey);
    }

    /** Whether the first MAC is right. */
    boolean knowsUs(byte[] message) {
        int at = Messages.macsAt(message);
        return isEqual(Blake2s.mac(macKey, message, at), message, at);
    }

    /** Whether the second MAC is right, by a cookie that is not too old. */
    boolean isReachable(byte[] message, Endpoint from, long now) {
        byte[] of = secret;
        if (of == null || now - secretSince >= SECRET_NANOS) {
            return false;
        }
        int at = Messages.macsAt(message) + MAC_BYTES;
        return isEqual(Blake2s.mac(cookie(of, from), message, at), message, at);
    }

    private static boolean isEqual(byte[] mac, byte[] message, int at) {
        return MessageDigest.isEqual(mac, Arrays.copyOfRange(message, at, at + MAC_BYTES));
    }

    private static byte[] cookie(byte[] secret, Endpoint from) {
        byte[] address = from.address().toBytes();
        byte[] source =
                ByteBuffer.allocate(address.length + Short.BYTES)
                        .put(address)
                        .putShort((short) from.port())
                        .array();
        return Blake2s.mac(secret, source, source.length);
    }

    /** What is sent to where a message came from, so that its sender shows that it hears us. */
    byte[] reply(byte[] message, Endpoint from, long now) {
        byte[] of = secret;
        if (of == null || now - secretSince >= SECRET_NANOS) {
            of = new byte[Messages.KEY_BYTES];
            chance.nextBytes(of);
            secret = of;
            secretSince = now;
        }
        int at = Messages.macsAt(message);
        byte[] mac = Arrays.copyOfRange(message, at, at + MAC_BYTES);
        byte[] nonce = new byte[COOKIE_NONCE_BYTES];
        chance.nextBytes(nonce);
        byte[] reply = Messages.cookieReply(Messages.sender(message));
        System.arraycopy(nonce, 0, reply, COOKIE_NONCE_AT, COOKIE_NONCE_BYTES);
        aead.sealCookie(cookieKey, cookie(of, from), mac, reply, COOKIE_NONCE_AT, COOKIE_AT);
        return reply;
    }
}
