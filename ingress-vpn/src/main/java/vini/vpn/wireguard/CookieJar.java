package vini.vpn.wireguard;

import static vini.vpn.wireguard.Messages.COOKIE_AT;
import static vini.vpn.wireguard.Messages.COOKIE_NONCE_AT;
import static vini.vpn.wireguard.Messages.MAC_BYTES;

import org.jspecify.annotations.Nullable;

/**
 * The sender's side of the two MACs (paper, 5.4.4 and 5.4.7): writes them, and keeps the cookie
 * that a peer under load has sent.
 */
final class CookieJar {
    /** So long a cookie serves, and a few seconds less for the way. */
    private static final long COOKIE_NANOS = CookieChecker.SECRET_NANOS - 5_000_000_000L;

    private final Aead aead;
    private final byte[] macKey;
    private final byte[] cookieKey;
    private byte @Nullable [] cookie;
    private long cookieSince;

    /** The first MAC of the last message, to which a cookie is bound. */
    private byte @Nullable [] lastMac;

    CookieJar(byte[] theirPublicKey, Aead aead) {
        this.aead = aead;
        macKey = Blake2s.labelled(CookieChecker.LABEL_MAC, theirPublicKey);
        cookieKey = Blake2s.labelled(CookieChecker.LABEL_COOKIE, theirPublicKey);
    }

    /** Writes both MACs of a handshake message. */
    void sign(byte[] message, long now) {
        int at = Messages.macsAt(message);
        byte[] mac = Blake2s.mac(macKey, message, at);
        lastMac = mac;
        System.arraycopy(mac, 0, message, at, MAC_BYTES);
        byte[] shown = cookie;
        if (shown != null && now - cookieSince < COOKIE_NANOS) {
            byte[] second = Blake2s.mac(shown, message, at + MAC_BYTES);
            System.arraycopy(second, 0, message, at + MAC_BYTES, MAC_BYTES);
        }
    }

    /** Takes a cookie; false if it is none for the last message. */
    boolean accept(byte[] reply, long now) {
        byte[] mac = lastMac;
        byte[] opened = new byte[MAC_BYTES];
        if (mac == null
                || !aead.openCookie(cookieKey, reply, COOKIE_NONCE_AT, COOKIE_AT, mac, opened)) {
            return false;
        }
        lastMac = null;
        cookie = opened;
        cookieSince = now;
        return true;
    }
}
