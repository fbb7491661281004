package vini.forwarder.io;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;

import java.util.function.LongSupplier;

/**
 * Looks for more at the descriptors for a short while after something has come, before the thread
 * sleeps: what follows closely, an answer or the next packet of a flow, does not wait until a
 * thread wakes up, which takes longer than to forward it. An idle loop sleeps at once, also when a
 * hello comes now and then, and while it looks others that want the processor get it.
 */
final class Spin implements SelectStrategy {
    /**
     * How long it looks after the last event; what other threads want waits no longer than this.
     */
    static final long NANOS = 50_000;

    /** An event that comes so long after the last one is alone: a hello, not traffic. */
    static final long ALONE_NANOS = 1_000_000;

    private final LongSupplier now;
    private long last = Long.MIN_VALUE / 2;
    private long until = Long.MIN_VALUE;

    /**
     * @param now the loop's time in nanoseconds
     */
    Spin(LongSupplier now) {
        this.now = now;
    }

    /** Something has come by a descriptor. */
    void eventCame() {
        long time = now.getAsLong();
        if (time - last < ALONE_NANOS) {
            until = time + NANOS;
        }
        last = time;
    }

    /** When something came by a descriptor last. */
    long lastEvent() {
        return last;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // it gives way to others, and does not rely on it
    public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
        if (hasTasks) {
            return selectNow.get();
        }
        while (now.getAsLong() < until) {
            int ready = selectNow.get();
            if (ready > 0) {
                return ready;
            }
            Thread.yield();
        }
        return SelectStrategy.SELECT;
    }
}
