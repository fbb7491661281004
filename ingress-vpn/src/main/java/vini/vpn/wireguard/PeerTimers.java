package vini.vpn.wireguard;

import org.jspecify.annotations.Nullable;

/**
 * The timers of one peer (paper, 6.2-6.5) as facts: what happened moves them, {@link #take} says
 * what is due. Nothing here reads a clock or sends; who drives it wakes at {@link #next} or
 * earlier. All times are those of one clock, in nanoseconds.
 */
final class PeerTimers {
    /** What a timer wants. */
    enum Due {
        /** The initiation was not answered: again. */
        REPEAT_INITIATION,
        /** It was not answered often enough. */
        GIVE_UP,
        /** Say that we are here, for we got data and had nothing to say. */
        KEEPALIVE,
        /** The same, because the user wants it. */
        PERSISTENT_KEEPALIVE,
        /** Data was sent, and nothing came back: the peer may have lost its keys. */
        NEW_HANDSHAKE,
        /** Keys are so old that nobody may use them. */
        FORGET_KEYS
    }

    static final long NEVER = Long.MAX_VALUE;

    /** Up to a third of a second, so that two ends that begin at once do not meet again. */
    static final long JITTER_MAX = 333_000_000;

    private final Times times;

    /** How often we say something, whatever happens; 0: not. */
    private long persistent;

    private long repeatAt = NEVER;
    private long keepaliveAt = NEVER;
    private long persistentAt = NEVER;
    private long newHandshakeAt = NEVER;
    private long forgetAt = NEVER;

    /** Whether data came after that for which {@link #keepaliveAt} was set. */
    private boolean another;

    /** Whether the keepalive that is due now is to be followed by another. */
    private boolean again;

    private int attempts;

    /** Chance, of the last initiation. */
    private long jitter;

    PeerTimers(Times times) {
        this.times = times;
    }

    /** Something is to be said each so many nanoseconds from now on; 0: not. */
    void persistent(long interval, long now) {
        persistent = interval;
        persistentAt = interval == 0 ? NEVER : now;
    }

    /** Something genuine came or is sent. */
    private void traversed(long now) {
        if (persistent != 0) {
            persistentAt = now + persistent;
        }
    }

    /** Any message under our keys is sent. */
    void sent(long now) {
        keepaliveAt = again ? now + times.keepaliveTimeout() : NEVER;
        again = false;
        another = false;
        traversed(now);
    }

    /** The message was one with a packet. */
    void sentData(long now) {
        if (newHandshakeAt == NEVER) {
            newHandshakeAt = now + times.silence() + jitter;
        }
    }

    /** A genuine message came. */
    void received(long now) {
        newHandshakeAt = NEVER;
        traversed(now);
    }

    /** The message was one with a packet. */
    void receivedData(long now) {
        if (keepaliveAt == NEVER) {
            keepaliveAt = now + times.keepaliveTimeout();
        } else {
            another = true;
        }
    }

    /** A handshake begins for a reason, not for want of an answer. */
    void begins() {
        attempts = 0;
    }

    /** An initiation is sent. */
    void initiated(long now, long chance) {
        jitter = chance;
        repeatAt = now + times.rekeyTimeout() + jitter;
    }

    /** There are new keys. */
    void derived(long now) {
        forgetAt = now + times.forgetAfter();
    }

    /** Both ends have the new keys. */
    void completed() {
        repeatAt = NEVER;
        attempts = 0;
    }

    /** Nothing is wanted any more. */
    void clear() {
        repeatAt = NEVER;
        keepaliveAt = NEVER;
        persistentAt = NEVER;
        newHandshakeAt = NEVER;
        forgetAt = NEVER;
        another = false;
    }

    /** Whether an initiation waits for its answer. */
    boolean isWaiting() {
        return repeatAt != NEVER;
    }

    /** When something is due, or {@link #NEVER}. */
    long next() {
        return Math.min(
                Math.min(Math.min(repeatAt, keepaliveAt), Math.min(persistentAt, newHandshakeAt)),
                forgetAt);
    }

    /** Something that is due, which then is not any more; null if nothing is. */
    @Nullable Due take(long now) {
        if (forgetAt <= now) {
            forgetAt = NEVER;
            return Due.FORGET_KEYS;
        }
        if (repeatAt <= now) {
            return repeat(now);
        }
        if (newHandshakeAt <= now) {
            newHandshakeAt = NEVER;
            return Due.NEW_HANDSHAKE;
        }
        if (keepaliveAt <= now) {
            keepaliveAt = NEVER;
            again = another;
            return Due.KEEPALIVE;
        }
        if (persistentAt <= now) {
            persistentAt = now + persistent;
            return Due.PERSISTENT_KEEPALIVE;
        }
        return null;
    }

    private Due repeat(long now) {
        repeatAt = NEVER;
        if (attempts < times.attempts()) {
            attempts++;
            return Due.REPEAT_INITIATION;
        }
        keepaliveAt = NEVER;
        another = false;
        if (forgetAt == NEVER) {
            forgetAt = now + times.forgetAfter();
        }
        return Due.GIVE_UP;
    }
}
