package vini.overlay.host;

import org.jspecify.annotations.Nullable;

import vini.forwarder.io.Namespace;
import vini.forwarder.io.Sockaddr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The state of a slice: sockets, saved state and log of its keeper, who holds it by an exclusive
 * lock that the kernel drops when he dies. The lock file lies beside the folder.
 */
public final class StateFolder implements AutoCloseable {
    static final String LOCK_SUFFIX = ".lock";

    /**
     * Locks of this process. The kernel drops a process's lock as soon as the process closes any
     * descriptor of the file: whoever asks about a slice must not open its lock file here.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private static final int ATTEMPTS_MAX = 10;
    private static final int ATTEMPT_MS = 5;

    private final Path path;
    private final Path lockFile;
    private final FileChannel lock;

    private StateFolder(Path path, Path lockFile, FileChannel lock) {
        this.path = path;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /** On a thread of its own, since an interrupt of the caller's would break the lock's file. */
    static Optional<StateFolder> take(StateRoot root, String slice) throws IOException {
        return Namespace.onItsOwnThread(() -> takeHere(root, slice));
    }

    private static Optional<StateFolder> takeHere(StateRoot root, String slice) throws IOException {
        Path lockFile = root.path().resolve(slice + LOCK_SUFFIX).toAbsolutePath();
        if (!HELD.add(lockFile)) {
            return Optional.empty();
        }
        FileChannel lock = null;
        try {
            lock = lock(lockFile);
            if (lock == null) {
                return Optional.empty();
            }
            return Optional.of(makeAnew(root.folder(slice), lockFile, lock));
        } catch (IOException e) {
            if (lock != null) {
                lock.close();
                lock = null;
            }
            throw e;
        } finally {
            if (lock == null) {
                HELD.remove(lockFile);
            }
        }
    }

    private static StateFolder makeAnew(Path path, Path lockFile, FileChannel lock)
            throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            Leftovers.kill(path);
            Tree.remove(path);
        }
        try {
            StateRoot.makePrivate(path);
            writeHolder(lock);
        } catch (IOException e) {
            // A full disk lets an empty folder be made, and nothing be written.
            Tree.remove(path);
            Files.deleteIfExists(lockFile);
            throw e;
        }
        return new StateFolder(path, lockFile, lock);
    }

    /** Only by the channel of the lock: see {@link #HELD}. */
    private static void writeHolder(FileChannel lock) throws IOException {
        String pid = ProcessHandle.current().pid() + "\n";
        lock.truncate(0);
        int ignored = lock.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    /** The process that holds a slice's lock; empty if that is not known. */
    static OptionalLong holder(StateRoot root, String slice) throws IOException {
        Path lockFile = root.path().resolve(slice + LOCK_SUFFIX).toAbsolutePath();
        if (HELD.contains(lockFile)) {
            return OptionalLong.of(ProcessHandle.current().pid());
        }
        if (!isLive(root, slice)) {
            return OptionalLong.empty();
        }
        String text = Files.readString(lockFile).strip();
        return text.matches("[0-9]{1,9}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }

    /** Null when another process holds it. */
    private static @Nullable FileChannel lock(Path lockFile) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            // The holder may remove the file between our opening and locking it, and another may
            // make it anew: then our lock is on a file without a name. The inode tells.
            Optional<Object> before = madeInode(lockFile);
            FileChannel channel;
            try {
                channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
            } catch (NoSuchFileException e) {
                continue;
            }
            if (locked(channel) && before.isPresent() && before.equals(inode(lockFile))) {
                return channel;
            }
            channel.close();
            // Who only asks whether the slice lives holds the lock for microseconds.
            pause();
        }
        return null;
    }

    private static Optional<Object> madeInode(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // as it should be
        }
        return inode(file);
    }

    private static void pause() {
        try {
            Thread.sleep(ATTEMPT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static Optional<Object> inode(Path file) throws IOException {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Whether a keeper, here or elsewhere, holds the slice. */
    static boolean isLive(StateRoot root, String slice) throws IOException {
        Path lockFile = root.path().resolve(slice + LOCK_SUFFIX).toAbsolutePath();
        if (HELD.contains(lockFile)) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
            return !locked(channel);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    public Path path() {
        return path;
    }

    /**
     * The path for a Unix socket of that name.
     *
     * @throws IOException with what to do, when the path is too long for a socket
     */
    public Path socket(String name) throws IOException {
        Path socket = path.resolve(name);
        int bytes = socket.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > Sockaddr.UNIX_PATH_BYTES_MAX) {
            throw new IOException(
                    "the socket "
                            + socket
                            + " has a path of "
                            + bytes
                            + " bytes, and Unix sockets end at "
                            + Sockaddr.UNIX_PATH_BYTES_MAX
                            + ": set XDG_RUNTIME_DIR to a shorter one");
        }
        return socket;
    }

    /** Removes the folder with all in it and gives the slice up. */
    public void remove() throws IOException {
        try {
            Tree.remove(path);
            Files.deleteIfExists(lockFile);
        } finally {
            close();
        }
    }

    /** Gives the slice up; its folder stays. */
    @Override
    public void close() throws IOException {
        lock.close();
        HELD.remove(lockFile);
    }
}
