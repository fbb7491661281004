package vini.forwarder.io;

import io.netty.channel.IoEventLoop;

import org.jspecify.annotations.Nullable;

import vini.time.Timer;
import vini.time.TimerQueue;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** All timers of a loop behind one wake-up. On the loop's thread. */
final class LoopTimers implements AutoCloseable {
    /**
     * So long before its time a timer that was set by {@link Timer#ahead} fires if a quiet loop had
     * to wake up for it: what is in no cache takes at least so long from the timer to the system
     * call that a packet leaves by (45 to 85 us were seen). A loop that has traffic is on time,
     * since there it takes a tenth of that.
     */
    static final long WAY_OUT_NANOS = 40_000;

    /** A loop is quiet if nothing has come for so long. */
    private static final long QUIET_NANOS = 500_000;

    private final IoEventLoop loop;
    private final LongSupplier now;
    private final LongSupplier lastEvent;
    private final boolean punctual;
    private final Consumer<Runnable> guarded;
    private final TimerQueue timers;
    private final Lateness lateness = new Lateness();
    private @Nullable Alarm alarm;
    private long armedNanos = TimerQueue.NONE;

    /** Whether the alarm is set to a time for which the loop may sleep. */
    private boolean asleep;

    /** Whether the loop is to be awake when the timer is due, not only to wake up then. */
    private boolean exact;

    /** How long before its time that timer fires if the loop has been quiet until then. */
    private long ahead;

    /** How long before its time that timer fires. */
    private long early;

    private boolean firing;
    private long dueNanos;
    private long wakeUps;
    private final Runnable firesOne = this::fireOne;

    /**
     * @param now the loop's time in nanoseconds
     * @param lastEvent when something came by a descriptor
     * @param punctual whether the loop stays awake to be exact to the microsecond, except for what
     *     was set by {@link Timer#about}
     * @param guarded runs what may throw
     */
    LoopTimers(
            IoEventLoop loop,
            LongSupplier now,
            LongSupplier lastEvent,
            boolean punctual,
            Consumer<Runnable> guarded) {
        this.loop = loop;
        this.now = now;
        this.lastEvent = lastEvent;
        this.punctual = punctual;
        this.guarded = guarded;
        timers = TimerQueue.ofLiveLoop(now::getAsLong, this::earliestIs);
    }

    /** A timer that is not set. */
    Timer timer(Runnable action) {
        return timers.timer(action);
    }

    private void earliestIs(long nanos) {
        if (!firing && nanos < armedNanos) {
            arm(nanos);
        }
    }

    private void arm(long nanos) {
        armedNanos = nanos;
        exact = punctual && !timers.nextIsAbout();
        ahead = exact && timers.nextIsAhead() ? WAY_OUT_NANOS : 0;
        long sleep = nanos - ahead - (exact ? lateness.nanos() : 0) - now.getAsLong();
        asleep = sleep > 0;
        early = 0;
        alarm().in(sleep);
    }

    private Alarm alarm() {
        if (alarm == null) {
            try {
                alarm = new Alarm(loop, this::ring);
            } catch (LibcException e) {
                throw new IllegalStateException("a loop without timers", e);
            }
        }
        return alarm;
    }

    /** The alarm rings until it is set anew: by and by, the timers are due. */
    private void ring() {
        long time = now.getAsLong();
        long left = armedNanos - time;
        if (asleep) {
            asleep = false;
            wakeUps++;
            if (exact) {
                lateness.wokeBeforeDeadline(left - ahead);
                early = time - lastEvent.getAsLong() > QUIET_NANOS ? ahead : 0;
            }
        }
        if (left <= early) {
            fireDue(early > 0 ? armedNanos : time);
        }
    }

    private void fireDue(long until) {
        firing = true;
        armedNanos = TimerQueue.NONE;
        dueNanos = until;
        // What is set to "now" by what fires here runs in the next round, after the descriptors.
        for (int n = timers.size(); n > 0 && timers.nextDeadline() <= dueNanos; n--) {
            guarded.accept(firesOne);
        }
        firing = false;
        if (timers.nextDeadline() != TimerQueue.NONE) {
            arm(timers.nextDeadline());
        } else {
            alarm().off();
        }
    }

    private void fireOne() {
        boolean _ = timers.fireOne(dueNanos);
    }

    /** How often they have woken the loop. */
    long wakeUps() {
        return wakeUps;
    }

    @Override
    public void close() {
        if (alarm != null) {
            alarm.close();
        }
    }
}
