package vini.overlay.host;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vini.time.Clock;
import vini.time.Timer;
import vini.time.TimerQueue;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
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
    /** Something to do on the thread. */
    public interface Task<T extends @Nullable Object> {
        T run() throws IOException;
    }

    /** Something to do on the thread that has no result. */
    public interface Action {
        void run() throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int TASKS_MAX = 100_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final TimerQueue timers = new TimerQueue(this::nowNanos, deadline -> {});
    private final Thread thread;
    private boolean closed;

    /** Starts the thread. */
    public Worker(String name) {
        thread = Thread.ofPlatform().daemon().name(name).start(this::work);
    }

    private void work() {
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
                    more.await();
                } else {
                    more.awaitNanos(timers.nextDeadline() - now);
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
                more.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs a task on the thread, waits for it, and passes its exception on. An interrupt of the
     * caller is kept for later: what was begun is never left half done without anybody knowing.
     */
    public <T extends @Nullable Object> T call(Task<T> task) throws IOException {
        if (Thread.currentThread().equals(thread)) {
            return task.run();
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        execute(
                () -> {
                    try {
                        result.complete(task.run());
                    } catch (IOException | RuntimeException | Error e) {
                        result.completeExceptionally(e);
                    }
                });
        return await(result);
    }

    /** The same for a task without a result. */
    public void run(Action action) throws IOException {
        call(
                () -> {
                    action.run();
                    return null;
                });
    }

    private <T extends @Nullable Object> T await(CompletableFuture<T> result) throws IOException {
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
                    throw passedOn(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private IOException passedOn(ExecutionException failure) {
        return switch (failure.getCause()) {
            case IOException outside -> outside;
            case RuntimeException ours -> throw ours;
            case null, default ->
                    throw new IllegalStateException(thread.getName() + " failed", failure);
        };
    }

    /** Ends the thread after what has been handed over; its timers do not fire any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            more.signal();
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
