package vini.cli;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, a hang-up or a polite kill while something is under way: the thread that works is
 * interrupted, and the process waits until it has cleaned up and said what it has to say, be that
 * while it works or after. The JVM then ends with the signal's status, 130 for Ctrl-C.
 */
final class Interruption implements AutoCloseable {
    private static final int PATIENCE_S = 20;

    /** The one that the signals of this process reach, see {@link #watch}. */
    private static final Interruption OF_THIS_PROCESS = new Interruption();

    private final CountDownLatch said = new CountDownLatch(1);
    private @Nullable Thread worker;
    private boolean begun;

    Interruption() {}

    /** From now on the process does not end before what was begun has said its last word. */
    static void watch() {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(OF_THIS_PROCESS::awaitTheLastWord, "interruption"));
    }

    /** The calling thread begins what must be ended in order; it is the one to interrupt. */
    static Interruption ofThisThread() {
        OF_THIS_PROCESS.begin();
        return OF_THIS_PROCESS;
    }

    /** The command has printed what it had to; an ending JVM may end. */
    static void allIsSaid() {
        OF_THIS_PROCESS.said();
    }

    synchronized void begin() {
        worker = Thread.currentThread();
        begun = true;
    }

    /** The work is done, and interrupted no more; what is to be said of it may still follow. */
    @Override
    public synchronized void close() {
        worker = null;
    }

    void said() {
        said.countDown();
    }

    /** The process is ending. */
    void awaitTheLastWord() {
        if (!interrupt()) {
            return;
        }
        try {
            boolean ignored = said.await(PATIENCE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether there is anything to wait for: who only reads is ended at once. */
    private synchronized boolean interrupt() {
        if (worker != null) {
            worker.interrupt();
        }
        return begun;
    }
}
