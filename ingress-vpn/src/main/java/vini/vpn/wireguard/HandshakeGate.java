package vini.vpn.wireguard;

import org.jspecify.annotations.Nullable;

import vini.forwarder.io.Endpoint;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where handshake messages wait, because each costs much (paper, 5.3). When many wait we are under
 * load, until no more than that come in a second: then only who has shown a cookie is let in, and
 * not too often.
 */
final class HandshakeGate {
    /** A message that waits. */
    static final class Waiting {
        final byte[] message;
        final Endpoint from;

        Waiting(byte[] message, Endpoint from) {
            this.message = message;
            this.from = from;
        }
    }

    static final int WAITING_MAX = 4096;
    static final int LOAD = WAITING_MAX / 4;
    static final long LOAD_NANOS = 1_000_000_000L;

    private final CookieChecker cookies;
    private final CookieLimiter replies;
    private final SourceLimiter sources = new SourceLimiter();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long loadUntil;
    private boolean wasLoaded;

    /** Messages that came since the second began, let in or not; not those with a wrong MAC. */
    private int arrivals;

    private long arrivalsSince;

    HandshakeGate(CookieChecker cookies, long seed) {
        this.cookies = cookies;
        replies = new CookieLimiter(seed);
    }

    /**
     * Lets an initiation or a response in, or not.
     *
     * @return why not; {@link Event#COOKIE_SENT} means that {@link CookieChecker#reply} is to be
     *     sent; null if it waits now
     */
    @Nullable Event enter(byte[] message, Endpoint from, long now) {
        boolean loaded = isUnderLoad(now);
        if (loaded && !Messages.showsCookie(message) && !replies.hasRoom(from, now)) {
            // Whether it was made for us would be known for half of what an answer costs.
            arrived(now);
            return Event.COOKIE_WITHHELD;
        }
        if (!cookies.knowsUs(message)) {
            return Event.WRONG_MAC;
        }
        arrived(now);
        if (loaded) {
            if (!cookies.isReachable(message, from, now)) {
                return replies.take(from, now) ? Event.COOKIE_SENT : Event.COOKIE_WITHHELD;
            }
            if (!sources.take(from.address(), now)) {
                return Event.RATE_LIMITED;
            }
        }
        if (waiting.size() >= WAITING_MAX) {
            return Event.QUEUE_FULL;
        }
        waiting.add(new Waiting(message, from));
        return null;
    }

    private void arrived(long now) {
        if (now - arrivalsSince >= LOAD_NANOS) {
            arrivalsSince = now;
            arrivals = 0;
        }
        arrivals++;
        if (wasLoaded && arrivals > LOAD) {
            loadUntil = now + LOAD_NANOS;
        }
    }

    boolean isUnderLoad(long now) {
        if (waiting.size() >= LOAD) {
            wasLoaded = true;
            loadUntil = now + LOAD_NANOS;
        } else if (wasLoaded && now >= loadUntil) {
            wasLoaded = false;
        }
        return wasLoaded;
    }

    /** The next; null if none waits. */
    @Nullable Waiting next() {
        return waiting.poll();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }
}
