package vini.overlay.host;

import org.jspecify.annotations.Nullable;

import vini.forwarder.io.Errno;
import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The control group {@code vini/SLICE/ROLE} of some processes: their processor time, memory and
 * limits, and the one way to end them all. It is one folder of the version 2 tree, or one folder in
 * each tree of version 1 that is there; then the version 2 tree serves for {@code cgroup.kill}.
 *
 * <p>Without the rights to make one ({@link #possibility}) nothing happens and nothing is known.
 */
public final class Cgroup {
    private static final Path MOUNT = Path.of("/sys/fs/cgroup");
    private static final String OURS = "vini";
    private static final List<String> CONTROLLERS = List.of("cpu", "memory", "pids");
    private static final List<String> TREES_OF_VERSION_1 =
            List.of("cpu", "cpuacct", "memory", "pids", "unified");
    private static final String PROCESSES = "cgroup.procs";
    private static final String KILL = "cgroup.kill";

    /** A killed process leaves its group within milliseconds, unless it hangs in the kernel. */
    private static final int ATTEMPTS_MAX = 200;

    private static final int ATTEMPT_MS = 5;

    private final List<Path> folders;
    private final Possibility possibility;

    private Cgroup(List<Path> folders, Possibility possibility) {
        this.folders = folders;
        this.possibility = possibility;
    }

    /** Makes the group, or takes the one that is there. */
    public static Cgroup open(String slice, String role) {
        return open(MOUNT, slice, role);
    }

    static Cgroup open(Path mount, String slice, String role) {
        List<Path> folders = new ArrayList<>();
        try {
            for (Path tree : trees(mount)) {
                Path folder = tree.resolve(OURS).resolve(slice).resolve(role);
                make(tree, folder);
                checkOurs(folder);
                folders.add(folder);
            }
            return folders.isEmpty()
                    ? none("no cgroup tree is mounted at " + mount)
                    : new Cgroup(
                            List.copyOf(folders),
                            Possibility.yes("Processes are counted and limited by cgroups."));
        } catch (IOException e) {
            folders.forEach(Cgroup::removeUpwards);
            return none(
                    e instanceof AccessDeniedException
                            ? mount + " is closed to this user"
                            : "" + e.getMessage());
        }
    }

    private static Cgroup none(String reason) {
        return new Cgroup(
                List.of(),
                Possibility.no("Processes are neither counted nor limited: " + reason + "."));
    }

    private static List<Path> trees(Path mount) {
        if (Files.exists(mount.resolve("cgroup.controllers"))) {
            return List.of(mount);
        }
        List<Path> trees = new ArrayList<>();
        for (String name : TREES_OF_VERSION_1) {
            Path tree = mount.resolve(name);
            // Often cpu and cpuacct are links to one tree.
            if (Files.isDirectory(tree) && trees.stream().noneMatch(t -> same(t, tree))) {
                trees.add(tree);
            }
        }
        return trees;
    }

    private static boolean same(Path a, Path b) {
        try {
            return Files.isSameFile(a, b);
        } catch (IOException e) {
            return false;
        }
    }

    /** Another slice that ends may remove the common folder in the moment before ours is in it. */
    private static void make(Path tree, Path folder) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                delegate(tree, folder);
                Files.createDirectories(folder);
                return;
            } catch (NoSuchFileException e) {
                if (attempt == ATTEMPTS_MAX) {
                    throw e;
                }
            }
        }
    }

    /** A group of that name may be there already as another user's. */
    private static void checkOurs(Path folder) throws AccessDeniedException {
        Path processes = folder.resolve(PROCESSES);
        if (Files.exists(processes) && !Files.isWritable(processes)) {
            throw new AccessDeniedException(processes.toString());
        }
    }

    /** Version 2 hands each controller down folder by folder; what is not there is not needed. */
    private static void delegate(Path tree, Path folder) throws IOException {
        if (!Files.exists(tree.resolve("cgroup.subtree_control"))) {
            return;
        }
        for (Path above = tree; !above.equals(folder); ) {
            for (String controller : CONTROLLERS) {
                tryWrite(above.resolve("cgroup.subtree_control"), "+" + controller);
            }
            above = above.resolve(above.relativize(folder).getName(0));
            Files.createDirectories(above);
        }
    }

    private static void tryWrite(Path file, String value) {
        try {
            Files.writeString(file, value);
        } catch (IOException e) {
            // A controller that this machine lacks: its figure is then missing, and said so there.
        }
    }

    /** Whether there is a group at all, and why not. */
    public Possibility possibility() {
        return possibility;
    }

    public boolean available() {
        return possibility.possible();
    }

    /** Puts a process in; what it starts from now on is in it, too. */
    public void add(long pid) throws IOException {
        for (Path folder : folders) {
            Files.writeString(folder.resolve(PROCESSES), Long.toString(pid));
        }
    }

    /** Lets all processes of the group together have that much memory; no-op without rights. */
    public void limitMemory(long bytes) {
        limit(bytes, "memory.max", "memory.limit_in_bytes");
    }

    /** Lets the group have that many processes and threads; no-op without rights. */
    public void limitTasks(long count) {
        limit(count, "pids.max");
    }

    private void limit(long value, String... files) {
        for (Path folder : folders) {
            for (String file : files) {
                if (Files.exists(folder.resolve(file))) {
                    tryWrite(folder.resolve(file), Long.toString(value));
                }
            }
        }
    }

    /** Processor time of all processes that are or were in it, in nanoseconds. */
    public OptionalLong cpuNanos() {
        OptionalLong nanos = number("cpuacct.usage");
        if (nanos.isPresent()) {
            return nanos;
        }
        for (Path folder : folders) {
            for (String line : lines(folder.resolve("cpu.stat"))) {
                if (line.startsWith("usage_usec ")) {
                    return OptionalLong.of(
                            TimeUnit.MICROSECONDS.toNanos(
                                    Long.parseLong(line.substring(line.indexOf(' ') + 1))));
                }
            }
        }
        return OptionalLong.empty();
    }

    /** Memory of all its processes, page cache included, in bytes. */
    public OptionalLong memoryBytes() {
        OptionalLong version2 = number("memory.current");
        return version2.isPresent() ? version2 : number("memory.usage_in_bytes");
    }

    private OptionalLong number(String file) {
        for (Path folder : folders) {
            List<String> lines = lines(folder.resolve(file));
            if (!lines.isEmpty()) {
                return OptionalLong.of(Long.parseLong(lines.getFirst()));
            }
        }
        return OptionalLong.empty();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The processes in it now. */
    public List<Integer> processes() {
        List<Integer> pids = new ArrayList<>();
        for (Path folder : folders) {
            for (String line : lines(folder.resolve(PROCESSES))) {
                int pid = Integer.parseInt(line);
                if (pid > 0 && !pids.contains(pid)) { // 0: of a process namespace above ours
                    pids.add(pid);
                }
            }
        }
        return pids;
    }

    /** Kills all processes of the group, also those that they start meanwhile. */
    public void killAll() throws IOException {
        for (Path folder : folders) {
            if (Files.exists(folder.resolve(KILL))) {
                Files.writeString(folder.resolve(KILL), "1");
            }
        }
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            List<Integer> left = processes();
            if (left.isEmpty()) {
                return;
            }
            for (int pid : left) {
                kill(pid);
            }
            pause();
        }
        throw new IOException("killed processes do not end: " + processes());
    }

    private static void kill(int pid) throws LibcException {
        try {
            Libc.kill(pid, Libc.SIGKILL);
        } catch (LibcException e) {
            if (e.errno() != Errno.ESRCH) {
                throw e;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(ATTEMPT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes the group, and the folders above it that are ours and empty; it must be empty. */
    public void remove() {
        folders.forEach(Cgroup::removeUpwards);
    }

    /** Removes what a slice that died has left: its groups without processes. */
    public static void removeEmpty(String slice) {
        for (Path tree : trees(MOUNT)) {
            Path folder = tree.resolve(OURS).resolve(slice);
            try (var roles = Files.newDirectoryStream(folder, Files::isDirectory)) {
                roles.forEach(Cgroup::removeUpwards);
            } catch (IOException e) {
                continue; // there is none
            }
            removeUpwards(folder);
        }
    }

    /** rmdir as far up as folders are empty, {@code vini} included. */
    private static void removeUpwards(Path folder) {
        @Nullable Path at = folder;
        while (at != null && at.toString().contains("/" + OURS) && removed(at)) {
            at = at.getParent();
        }
    }

    private static boolean removed(Path folder) {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            try {
                Files.delete(folder);
                return true;
            } catch (NoSuchFileException e) {
                return true;
            } catch (AccessDeniedException e) {
                return false; // another user's
            } catch (IOException e) {
                // A process that ends is out of cgroup.procs a moment before it is out of the
                // group.
                if (hasChildren(folder) || !lines(folder.resolve(PROCESSES)).isEmpty()) {
                    return false;
                }
                pause();
            }
        }
        return false;
    }

    private static boolean hasChildren(Path folder) {
        try (var children =
                Files.newDirectoryStream(
                        folder, c -> Files.isDirectory(c, LinkOption.NOFOLLOW_LINKS))) {
            return children.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }
}
