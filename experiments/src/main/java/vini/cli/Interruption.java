package vini.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, a hang-up or a polite kill while something is under way: the thread that works is
 * interrupted, and the process waits until it has cleaned up and said what it has to say. The JVM
 * then ends with the signal's status, 130 for Ctrl-C.
 */
final class Interruption implements AutoCloseable {
    private static final int PATIENCE_S = 20;

    private static final CountDownLatch SAID = new CountDownLatch(1);

    private final Thread worker = Thread.currentThread();
    private final Thread hook = new Thread(this::interrupt, "interruption");

    private Interruption() {}

    /** Begins to watch; the calling thread is the one that gets interrupted. */
    static Interruption ofThisThread() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void interrupt() {
        worker.interrupt();
        try {
            boolean ignored = SAID.await(PATIENCE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already, and the hook waits for allIsSaid.
        }
    }

    /** The command has cleaned up and printed what it had to; an ending JVM may end. */
    static void allIsSaid() {
        SAID.countDown();
    }
}
