package vini.overlay.host;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;

/**
 * Writes files of lines on a thread of its own, so that who measures never waits for a disk. It is
 * for what would otherwise be lost if the process is killed: after the first trouble, be it a disk
 * that is full or one that is too slow, it writes nothing more, so that no file has a hole.
 */
public final class BackgroundFiles implements AutoCloseable {
    /** So much work may wait: at ten files a second, for as many seconds as a disk ever takes. */
    private static final int WAITING_MAX = 1024;

    private static final long CLOSE_MS = 10_000;

    /** What it is just doing ends in this time, unless the disk stands still. */
    private static final long LAST_MS = 1000;

    private interface Work {
        void run() throws IOException;
    }

    private final BlockingQueue<Work> waiting;
    private final Thread thread;
    private volatile @Nullable String trouble;
    private volatile boolean closing;
    private volatile boolean abandoned;

    private BackgroundFiles(int waitingMax) {
        waiting = new ArrayBlockingQueue<>(waitingMax);
        thread = Thread.ofPlatform().name("files").daemon().unstarted(this::work);
    }

    /** Starts it. */
    public static BackgroundFiles start() {
        return start(WAITING_MAX);
    }

    /** Likewise, with room for so many pieces of work. */
    static BackgroundFiles start(int waitingMax) {
        BackgroundFiles files = new BackgroundFiles(waitingMax);
        files.thread.start();
        return files;
    }

    /**
     * Adds lines at the end of a file, which is made if it is not there.
     *
     * @param lines asked on the thread that writes, as the following
     */
    public void append(Path file, Supplier<List<String>> lines) {
        offer(
                () -> {
                    List<String> more = lines.get();
                    if (!more.isEmpty() || !Files.exists(file)) {
                        Files.write(
                                file, more, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                    }
                });
    }

    /** Puts lines in the place of those of a file, in one step. */
    public void replace(Path file, Supplier<List<String>> lines) {
        offer(
                () -> {
                    Path next = file.resolveSibling(file.getFileName() + ".part");
                    try {
                        Files.write(next, lines.get());
                        if (!abandoned) {
                            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
                        }
                    } finally {
                        Files.deleteIfExists(next);
                    }
                });
    }

    private void offer(Work work) {
        if (trouble == null && !waiting.offer(work)) {
            trouble = "the disk is too slow";
        }
    }

    private void work() {
        try {
            while (!closing || !waiting.isEmpty()) {
                Work work = waiting.take();
                if (trouble == null && !abandoned) {
                    work.run();
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            trouble = e.toString();
        } catch (InterruptedException e) {
            trouble = "interrupted";
        }
    }

    /** Why nothing is written any more; null if all is well. */
    public @Nullable String trouble() {
        return trouble;
    }

    /**
     * Waits until all is written; not for ever, and only a moment if the caller is interrupted.
     * Whatever is left then is not begun any more, and takes no other file's place.
     */
    @Override
    public void close() {
        closing = true;
        boolean _ = waiting.offer(() -> {}); // it may be waiting for work
        boolean interrupted = false;
        try {
            thread.join(CLOSE_MS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        abandoned = true;
        thread.interrupt();
        try {
            thread.join(LAST_MS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
