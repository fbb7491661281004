package vini.overlay.host;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vini.time.Clock;
import vini.time.Timer;
import vini.time.TimerQueue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One thread that owns a slice: its keeper, its schedule and its probes' books. It is a {@link
 * Clock} on the machine's monotonic time, and others hand it tasks. What it runs may block for
 * milliseconds (a command to a process), never for seconds.
 */
public final class Worker implements Clock, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int TASKS_MAX = 100_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final TimerQueue timers = new TimerQueue(this::nowNanos, deadline -> {});
    private final Thread thread;
    private boolean closed;

    /** Starts the thread. */
    public Worker(String name) {
        thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    private void run() {
        while (true) {
            @Nullable Runnable task = next();
            if (task == null) {
                return;
            }
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.error("a task of {} failed", thread.getName(), e);
            }
        }
    }

    /** The next task, or the next timer that is due; null at the end. */
    private @Nullable Runnable next() {
        lock.lock();
        try {
            while (true) {
                if (!tasks.isEmpty()) {
                    return tasks.removeFirst();
                }
                if (closed) {
                    return null;
                }
                long now = nowNanos();
                if (timers.nextDeadline() <= now) {
                    return () -> timers.fireOne(now);
                }
                if (timers.nextDeadline() == TimerQueue.NONE) {
                    work.await();
                } else {
                    work.awaitNanos(timers.nextDeadline() - now);
                }
            }
        } catch (InterruptedException e) {
            return null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long nowNanos() {
        return System.nanoTime();
    }

    @Override
    public Timer timer(Runnable action) {
        return timers.timer(action);
    }

    /** Hands over a task, from any thread. After {@link #close} it is forgotten. */
    public void execute(Runnable task) {
        lock.lock();
        try {
            if (tasks.size() >= TASKS_MAX) {
                throw new IllegalStateException(
                        thread.getName() + " has " + TASKS_MAX + " tasks waiting");
            }
            if (!closed) {
                tasks.add(task);
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs a task on the thread, waits for it, and passes its exception on. An interrupt of the
     * caller is kept for later: what was begun is never left half done without anybody knowing.
     */
    public <T extends @Nullable Object> T call(Callable<T> task) throws Exception {
        if (Thread.currentThread().equals(thread)) {
            return task.call();
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        execute(
                () -> {
                    try {
                        result.complete(task.call());
                    } catch (Exception | Error e) {
                        result.completeExceptionally(e);
                    }
                });
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get(100, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    if (!thread.isAlive() && !result.isDone()) {
                        throw new IllegalStateException(thread.getName() + " has ended", e);
                    }
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof Exception cause ? cause : e;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends the thread after what has been handed over; its timers do not fire any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        if (!Thread.currentThread().equals(thread)) {
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
