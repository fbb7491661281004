package vini.vpn.wireguard;

import org.jspecify.annotations.Nullable;

import vini.forwarder.io.Endpoint;
import vini.net.Prefix;
import vini.time.Timer;

import java.util.Arrays;
import java.util.List;

/**
 * A peer: who it is, where it was seen last, and the keys that we have with it (paper, 6.1: those
 * of now, those before, and those that the peer has not used yet). The {@link Device} moves it.
 */
public final class Peer {
    /** What {@link #lastHandshake} says where there was none. */
    public static final long NEVER = Long.MIN_VALUE;

    /**
     * What the user says of a peer.
     *
     * @param name for people
     * @param key the peer's public key
     * @param preshared another secret of both ends; null if there is none
     * @param allowed whose packets these are, both ways
     * @param keepaliveNanos something is said each so many nanoseconds; 0: not
     */
    public record Settings(
            String name,
            PublicKey key,
            @Nullable Secret preshared,
            List<Prefix> allowed,
            long keepaliveNanos) {}

    private Settings settings;

    /** The secret of both static keys. */
    final byte[] shared;

    final CookieJar cookies;
    final PeerTimers timers;
    final Timer wake;

    /** When the timer wakes us; it may be before something is due, never after. */
    long wakeAt = PeerTimers.NEVER;

    private @Nullable Endpoint endpoint;

    @Nullable Session current;
    @Nullable Session previous;

    /** Of a handshake that the peer began; it is current when the peer has used it. */
    @Nullable Session next;

    /** Our initiation that waits for its answer. */
    @Nullable InitiatorHandshake pending;

    byte[] lastTimestamp = new byte[Messages.TIMESTAMP_BYTES];
    byte[] lastOwnTimestamp = new byte[Messages.TIMESTAMP_BYTES];
    long lastInitiationReceived = NEVER;
    long lastInitiationSent = NEVER;
    long lastHandshake = NEVER;
    long bytesReceived;
    long bytesSent;

    Peer(Settings settings, byte[] shared, CookieJar cookies, PeerTimers timers, Timer wake) {
        this.settings = settings;
        this.shared = shared;
        this.cookies = cookies;
        this.timers = timers;
        this.wake = wake;
    }

    public Settings settings() {
        return settings;
    }

    void settings(Settings changed) {
        settings = changed;
    }

    byte[] preshared() {
        Secret secret = settings.preshared();
        return secret == null ? new byte[Messages.KEY_BYTES] : secret.bytes();
    }

    public String name() {
        return settings.name();
    }

    /** Where it was seen last, or is said to be; null where nobody knows. */
    public @Nullable Endpoint endpoint() {
        return endpoint;
    }

    /** Says where it is. */
    public void endpoint(Endpoint at) {
        endpoint = at;
    }

    /** When both ends had new keys last, in nanoseconds of the clock, or {@link #NEVER}. */
    public long lastHandshake() {
        return lastHandshake;
    }

    /** Bytes of genuine messages, handshakes and headers included. */
    public long bytesReceived() {
        return bytesReceived;
    }

    /** Bytes of messages, handshakes and headers included. */
    public long bytesSent() {
        return bytesSent;
    }

    /** Makes the secret of both static keys be forgotten. */
    void forget() {
        Arrays.fill(shared, (byte) 0);
    }

    @Override
    public String toString() {
        return "peer " + settings.name();
    }
}
