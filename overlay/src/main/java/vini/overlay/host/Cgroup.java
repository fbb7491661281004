package vini.overlay.host;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The control group {@code vini/SLICE/ROLE} of some processes, by which the machine's own tools
 * count and limit them. It is one folder of the version 2 tree, or one folder in each tree of
 * version 1 that is there.
 *
 * <p>Without the rights to make one ({@link #possibility}) nothing happens.
 */
public final class Cgroup {
    private static final Path MOUNT = Path.of("/sys/fs/cgroup");
    private static final String OURS = "vini";
    private static final List<String> CONTROLLERS = List.of("cpu", "memory", "pids");
    private static final List<String> TREES_OF_VERSION_1 =
            List.of("cpu", "cpuacct", "memory", "pids", "unified");
    private static final String PROCESSES = "cgroup.procs";

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
                            Possibility.yes("Each process of a slice is in a cgroup of its own."));
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
                Possibility.no(
                        "Processes of slices are in no cgroup of their own: " + reason + "."));
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
            // A controller that this machine lacks.
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

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
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
