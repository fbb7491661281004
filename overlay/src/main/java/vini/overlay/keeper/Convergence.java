package vini.overlay.keeper;

import org.jspecify.annotations.Nullable;

import vini.overlay.host.MachineException;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Whether a slice is up: all its routers know the network, for the first time. It is told on the
 * slice's worker and asked from any thread.
 */
final class Convergence {
    private final CountDownLatch known = new CountDownLatch(1);
    private volatile long launchedNanos;
    private volatile long startupNanos = -1;
    private volatile @Nullable String hopeless;

    /** The processes are about to be started. */
    void launched(long nowNanos) {
        launchedNanos = nowNanos;
    }

    /** All routers know the network. */
    void reached(long nowNanos) {
        startupNanos = nowNanos - launchedNanos;
        known.countDown();
    }

    /** It will never come to that. */
    void hopeless(String reason) {
        hopeless = reason;
        known.countDown();
    }

    /** When the processes were launched, on the worker's clock. */
    long launchedNanos() {
        return launchedNanos;
    }

    /** From the launch of the processes to a full FIB everywhere; -1 before that. */
    long startupNanos() {
        return startupNanos;
    }

    /** Waits for it; false if that takes longer. */
    boolean await(long timeoutNanos) throws MachineException, InterruptedException {
        boolean told = known.await(timeoutNanos, TimeUnit.NANOSECONDS);
        String reason = hopeless;
        if (reason != null) {
            throw new MachineException(reason);
        }
        return told;
    }
}
