package vini.vpn.wireguard;

/**
 * The constants of the protocol (paper, 6.1), in nanoseconds and messages. Tests have shorter ones.
 *
 * @param rekeyAfterMessages a sender asks for new keys after so many
 * @param rejectAfterMessages none is sent or accepted after so many, as an unsigned number
 * @param rekeyAfterTime who began a handshake begins the next after this time
 * @param rejectAfterTime keys of this age serve no more
 * @param rekeyAttemptTime an initiation that nobody answers is repeated for so long
 * @param rekeyTimeout it is repeated after this time, and a little more
 * @param keepaliveTimeout who has got data and said nothing for so long says something
 */
public record Times(
        long rekeyAfterMessages,
        long rejectAfterMessages,
        long rekeyAfterTime,
        long rejectAfterTime,
        long rekeyAttemptTime,
        long rekeyTimeout,
        long keepaliveTimeout) {
    private static final long SECOND = 1_000_000_000L;

    /** Those of the paper. */
    public static final Times STANDARD =
            new Times(
                    1L << 60,
                    -1L - (1L << 13),
                    120 * SECOND,
                    180 * SECOND,
                    90 * SECOND,
                    5 * SECOND,
                    10 * SECOND);

    /** The same, with keys that get old sooner. */
    public Times withRekeyAfter(long rekeyNanos, long rejectNanos) {
        return new Times(
                rekeyAfterMessages,
                rejectAfterMessages,
                rekeyNanos,
                rejectNanos,
                rekeyAttemptTime,
                rekeyTimeout,
                keepaliveTimeout);
    }

    /** A receiver who began asks for new keys when they get so old, before nobody may send. */
    long askAfterTime() {
        return rejectAfterTime - keepaliveTimeout - rekeyTimeout;
    }

    /** An end of whom nothing was heard for so long after data was sent has lost its keys. */
    long silence() {
        return keepaliveTimeout + rekeyTimeout;
    }

    /** Keys of a peer of whom nothing new was heard are forgotten after this time. */
    long forgetAfter() {
        return 3 * rejectAfterTime;
    }

    /** An initiation is repeated so often. */
    int attempts() {
        return (int) (rekeyAttemptTime / rekeyTimeout);
    }
}
