package vini.forwarder.io;

import vini.forwarder.Driver;
import vini.forwarder.Loop;
import vini.forwarder.Loops;
import vini.forwarder.VirtualLoop;
import vini.time.TimerQueue;
import vini.time.VirtualClock;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One thread in virtual time; its stack is as deep as a live loop's. */
public final class VirtualEngine implements Engine {
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(task -> EventLoop.thread("click", task));

    private final VirtualClock clock = new VirtualClock();
    private final VirtualLoop loop = new VirtualLoop(clock);
    private volatile boolean interrupted;

    /** The time in it, which is used and driven on its thread only, see {@link #call}. */
    public VirtualClock clock() {
        return clock;
    }

    @Override
    public Loops loops() {
        return new Loops(List.of(loop));
    }

    @Override
    @SuppressWarnings("unchecked") // what it throws is what work throws
    public <T, E extends Exception> T call(Loop.Work<T, E> work) throws E {
        Future<T> result = thread.submit(work::run);
        boolean kept = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    kept = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof Error error) {
                        throw error;
                    }
                    throw (E) e.getCause();
                }
            }
        } finally {
            if (kept) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** It is also over when nothing more can happen. */
    @Override
    public void drive(Driver driver) {
        Future<?> driven = thread.submit(() -> run(driver));
        try {
            driven.get();
        } catch (InterruptedException e) {
            interrupted = true;
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void run(Driver driver) {
        while (!driver.isStopped() && clock.nextDeadline() != TimerQueue.NONE && !interrupted) {
            clock.runUntil(clock.nextDeadline());
        }
    }

    @Override
    public EventLoop sockets() throws IOException {
        throw new IOException("control sockets cannot be had in virtual time");
    }

    @Override
    public void close() {
        thread.execute(loop.packets()::close);
        thread.shutdown();
    }
}
