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

    private interface Work {
        void run() throws IOException;
    }

    private final BlockingQueue<Work> waiting;
    private final Thread thread;
    private volatile @Nullable String trouble;
    private volatile boolean closing;

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

    /** Adds lines at the end of a file, which is made if it is not there. */
    public void append(Path file, List<String> lines) {
        if (!lines.isEmpty()) {
            offer(
                    () ->
                            Files.write(
                                    file,
                                    lines,
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.APPEND));
        }
    }

    /**
     * Puts lines in the place of those of a file, in one step.
     *
     * @param lines asked on the thread that writes
     */
    public void replace(Path file, Supplier<List<String>> lines) {
        offer(
                () -> {
                    Path next = file.resolveSibling(file.getFileName() + ".part");
                    Files.write(next, lines.get());
                    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
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
                if (trouble == null) {
                    work.run();
                }
            }
        } catch (IOException e) {
            trouble = e.toString();
        } catch (InterruptedException e) {
            trouble = "interrupted";
        }
    }

    /** Why nothing is written any more; null if all is well. */
    public @Nullable String trouble() {
        return trouble;
    }

    /** Waits until all is written; not for ever, and not if the caller is interrupted. */
    @Override
    public void close() {
        closing = true;
        boolean _ = waiting.offer(() -> {}); // it may be waiting for work
        try {
            thread.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
