package vini.forwarder.io;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;

import java.util.function.LongSupplier;

/**
 * Looks for more at the descriptors for a short while after something has come, before the thread
 * sleeps: what follows closely, an answer or the next packet of a flow, does not wait until a
 * thread wakes up, which takes longer than to forward it. An idle loop sleeps at once, and while it
 * looks others that want the processor get it.
 */
final class Spin implements SelectStrategy {
    /**
     * How long it looks after the last event; what other threads want waits no longer than this.
     */
    static final long NANOS = 50_000;

    private final LongSupplier now;
    private long until = Long.MIN_VALUE;

    /**
     * @param now the loop's time in nanoseconds
     */
    Spin(LongSupplier now) {
        this.now = now;
    }

    /** Something has come by a descriptor. */
    void eventCame() {
        until = now.getAsLong() + NANOS;
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
