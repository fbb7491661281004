package vini.forwarder.io;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/**
 * Runs a few system calls inside a network namespace; descriptors opened there serve anywhere.
 *
 * <p>A namespace belongs to a thread and to all threads that it starts. Thus the thread is a
 * platform thread of its own that ends at once, and what it runs makes system calls only: no
 * logging, futures, executors, virtual threads or Netty, whose first use could leave a thread of
 * the whole process behind in the namespace.
 */
public final class Namespace {
    /** What is done inside; system calls only, see {@link Namespace}. */
    @FunctionalInterface
    public interface SystemCalls<T extends @Nullable Object> {
        T call() throws IOException;
    }

    private Namespace() {}

    /**
     * Runs {@code calls} in the namespace and returns their result.
     *
     * @param path a namespace file such as {@code /proc/123/fd/45} or {@code /run/netns/x}; null:
     *     the present namespace, on the calling thread
     * @throws IOException when the namespace cannot be entered, or what {@code calls} threw
     */
    public static <T extends @Nullable Object> T within(@Nullable String path, SystemCalls<T> calls)
            throws IOException {
        if (path == null) {
            return calls.call();
        }
        return onItsOwnThread(
                () -> {
                    int namespace = Libc.open(path, Libc.O_RDONLY);
                    try {
                        ProcessCalls.setns(namespace, ProcessCalls.CLONE_NEWNET);
                    } finally {
                        Libc.close(namespace);
                    }
                    return calls.call();
                });
    }

    /**
     * Runs {@code calls} on a platform thread that ends with them, so that {@code setns} or {@code
     * unshare} among them touch nobody else.
     */
    public static <T extends @Nullable Object> T onItsOwnThread(SystemCalls<T> calls)
            throws IOException {
        // The first automatic arena of a process starts its cleaner thread: not in a namespace.
        Downcall.state();
        Outcome<T> outcome = new Outcome<>(calls);
        Thread thread =
                Thread.ofPlatform()
                        .name("namespace")
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .start(outcome);
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                // A few system calls end soon; half of them done would leak descriptors.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return outcome.get();
    }

    /** Written by the namespace thread, read after it was joined. */
    private static final class Outcome<T extends @Nullable Object> implements Runnable {
        private final SystemCalls<T> calls;
        private @Nullable Throwable failure;
        private T value;

        @SuppressWarnings("NullAway") // the value stands before anyone reads it
        Outcome(SystemCalls<T> calls) {
            this.calls = calls;
        }

        @Override
        public void run() {
            try {
                value = calls.call();
            } catch (Throwable t) {
                failure = t;
            }
        }

        T get() throws IOException {
            switch (failure) {
                case null -> {
                    return value;
                }
                case IOException e -> throw e;
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case Throwable t -> throw new IllegalStateException("in a namespace", t);
            }
        }
    }
}
