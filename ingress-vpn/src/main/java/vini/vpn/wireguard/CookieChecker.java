package vini.vpn.wireguard;

import static vini.vpn.wireguard.Messages.COOKIE_AT;
import static vini.vpn.wireguard.Messages.COOKIE_NONCE_AT;
import static vini.vpn.wireguard.Messages.COOKIE_NONCE_BYTES;
import static vini.vpn.wireguard.Messages.MAC_BYTES;

import org.jspecify.annotations.Nullable;

import vini.forwarder.io.Endpoint;

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

    /** Chance is taken for so many replies at once. */
    private static final int NONCES = 64;

    private final PacketCipher cipher;
    private final RandomGenerator chance;
    private final Blake2sMac first;
    private final byte[] cookieKey;

    /** Makes cookies; null before the first one. */
    private @Nullable Blake2sMac secret;

    private long secretSince;
    private final byte[] cookie = new byte[MAC_BYTES];
    private final Blake2sMac second = new Blake2sMac(cookie);
    private final byte[] nonces = new byte[NONCES * COOKIE_NONCE_BYTES];
    private int noncesLeft;

    CookieChecker(byte[] publicKey, PacketCipher cipher, RandomGenerator chance) {
        this.cipher = cipher;
        this.chance = chance;
        first = new Blake2sMac(Blake2s.labelled(LABEL_MAC, publicKey));
        cookieKey = Blake2s.labelled(LABEL_COOKIE, publicKey);
    }

    /** Whether the first MAC is right. */
    boolean knowsUs(byte[] message) {
        return first.isAt(message, Messages.macsAt(message));
    }

    /** Whether the second MAC is right, by a cookie that is not too old. */
    boolean isReachable(byte[] message, Endpoint from, long now) {
        Blake2sMac of = secret;
        if (of == null || now - secretSince >= SECRET_NANOS || !Messages.showsCookie(message)) {
            return false;
        }
        makeCookie(of, from);
        second.key(cookie);
        return second.isAt(message, Messages.macsAt(message) + MAC_BYTES);
    }

    private void makeCookie(Blake2sMac of, Endpoint from) {
        byte[] address = from.address().toBytes();
        byte[] source = Arrays.copyOf(address, address.length + Short.BYTES);
        source[address.length] = (byte) (from.port() >> Byte.SIZE);
        source[address.length + 1] = (byte) from.port();
        of.write(source, source.length, cookie, 0);
    }

    /** What is sent to where a message came from, so that its sender shows that it hears us. */
    byte[] reply(byte[] message, Endpoint from, long now) {
        Blake2sMac of = secret;
        if (of == null || now - secretSince >= SECRET_NANOS) {
            byte[] key = new byte[Messages.KEY_BYTES];
            chance.nextBytes(key);
            of = new Blake2sMac(key);
            secret = of;
            secretSince = now;
        }
        int at = Messages.macsAt(message);
        byte[] mac = Arrays.copyOfRange(message, at, at + MAC_BYTES);
        byte[] reply = Messages.cookieReply(Messages.sender(message));
        nonce(reply);
        SessionKey key = new SessionKey(HChaCha20.subkey(cookieKey, reply, COOKIE_NONCE_AT));
        long counter = Messages.cookieCounter(reply);
        makeCookie(of, from);
        cipher.seal(key, counter, cookie, mac, reply, COOKIE_AT);
        cipher.forget(key);
        return reply;
    }

    private void nonce(byte[] reply) {
        if (noncesLeft == 0) {
            chance.nextBytes(nonces);
            noncesLeft = NONCES;
        }
        int at = --noncesLeft * COOKIE_NONCE_BYTES;
        System.arraycopy(nonces, at, reply, COOKIE_NONCE_AT, COOKIE_NONCE_BYTES);
    }
}
