package vini.time;

/** One alarm of a {@link Clock}. Setting it again moves it; nothing is allocated by that. */
public interface Timer {
    /**
     * Fires at {@code nanos} on the clock; at once (but not from inside this call) if that is past.
     */
    void at(long nanos);

    /**
     * The same, but some dozen microseconds late will do: a live loop sleeps until then, where it
     * would else wake up before to be on time.
     */
    default void about(long nanos) {
        at(nanos);
    }

    /**
     * The same, but up to {@code slackNanos} late will do: a live loop waits so long, so that what
     * has become due meanwhile is done at once.
     */
    default void within(long nanos, long slackNanos) {
        about(nanos);
    }

    /**
     * The same, for what is to be done by {@code nanos}: a live loop that has to wake up for it
     * fires some dozen microseconds before, since after a sleep all takes longer. Who asks the
     * clock then takes {@link #deadline} for the time if that is later.
     */
    default void ahead(long nanos) {
        at(nanos);
    }

    /** Fires {@code delayNanos} from now; a negative delay counts as zero. */
    void after(long delayNanos);

    /** Forgets the alarm, if it is set. */
    void cancel();

    /** Whether it is set and has not fired since. */
    boolean isSet();

    /** When it fires, in nanoseconds of the clock; only while it is set, and while it fires. */
    long deadline();
}
