package vini.overlay.host;

import vini.forwarder.io.ProcessCalls;
import vini.overlay.json.TextKind;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The folder in which this user's slices have their state: {@code $XDG_RUNTIME_DIR/vini}, else
 * {@code /run/vini} for root, else {@code /tmp/vini-UID}; of mode 0700 and this user's own.
 *
 * @param path the folder, which exists
 */
public record StateRoot(Path path) {
    private static final String STARTING_SUFFIX = ".starting";
    private static final String MODE = "rwx------";

    /** A slice that has a state folder; {@code live} while a keeper holds its lock. */
    public record Slice(String name, boolean live) {}

    /** Finds the folder by the environment, and makes it if need be. */
    public static StateRoot of(Map<String, String> environment) throws IOException {
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (runtime.startsWith("/") && isOurs(Path.of(runtime))) {
            return at(Path.of(runtime, "vini"));
        }
        int user =
                outsideUser(
                        Files.readAllLines(Path.of("/proc/self/uid_map")), ProcessCalls.geteuid());
        return at(user == 0 ? Path.of("/run/vini") : Path.of("/tmp/vini-" + user));
    }

    /** A folder of the caller's choice, such as a test's. */
    public static StateRoot at(Path path) throws IOException {
        makePrivate(path);
        return new StateRoot(path);
    }

    /**
     * The user as the machine knows him: in a user namespace he may be called root, and still must
     * find the folder that he finds outside of it. Lines are those of {@code /proc/PID/uid_map}.
     */
    static int outsideUser(List<String> map, int user) {
        for (String line : map) {
            String[] fields = line.strip().split("\\s+", -1);
            long inside = Long.parseLong(fields[0]);
            if (user >= inside && user < inside + Long.parseLong(fields[2])) {
                return (int) (Long.parseLong(fields[1]) + user - inside);
            }
        }
        return user;
    }

    private static boolean isOurs(Path folder) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.isWritable(folder)
                && owner(folder) == ProcessCalls.geteuid();
    }

    private static int owner(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    /** Others may have put a folder or link of that name into /tmp: that is refused. */
    static void makePrivate(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Path parent = folder.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try {
                Files.createDirectory(
                        folder,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString(MODE)));
            } catch (FileAlreadyExistsException e) {
                // another vini was faster
            }
        }
        if (!isOurs(folder)) {
            throw new IOException(
                    folder
                            + " is not a folder of this user's own: remove it, or set"
                            + " XDG_RUNTIME_DIR");
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(MODE));
    }

    /**
     * Takes the slice's folder for a keeper.
     *
     * @return empty when another keeper has it
     * @throws IllegalArgumentException when that cannot be the name of a slice
     */
    public Optional<StateFolder> take(String slice) throws IOException {
        if (!TextKind.isName(slice)) {
            throw new IllegalArgumentException(TextKind.notAName(slice));
        }
        return StateFolder.take(this, slice);
    }

    /** The process that keeps a live slice; empty if it is not live, or that is not known. */
    public OptionalLong keeper(String slice) throws IOException {
        return StateFolder.holder(this, slice);
    }

    /** Where a keeper in the background writes until it has the slice's folder. */
    public Path startingLog(String slice) {
        return path.resolve("." + slice + STARTING_SUFFIX);
    }

    /**
     * All slices that have a state folder or a lock, by name. A file whose name no slice can have,
     * such as one that begins with a dot, is none.
     */
    public List<Slice> slices() throws IOException {
        TreeMap<String, Slice> slices = new TreeMap<>();
        try (var entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                String file = entry.getFileName().toString();
                String name =
                        file.endsWith(StateFolder.LOCK_SUFFIX)
                                ? file.substring(
                                        0, file.length() - StateFolder.LOCK_SUFFIX.length())
                                : file;
                if (TextKind.isName(name) && !slices.containsKey(name)) {
                    slices.put(name, new Slice(name, StateFolder.isLive(this, name)));
                }
            }
        }
        return List.copyOf(slices.values());
    }

    /** The folder of a live slice, as others than its keeper see it. */
    public Path folder(String slice) {
        return path.resolve(slice);
    }

    private void removeStartingLogs() throws IOException {
        try (var logs = Files.newDirectoryStream(path, ".*" + STARTING_SUFFIX)) {
            for (Path log : logs) {
                String file = log.getFileName().toString();
                String slice = file.substring(1, file.length() - STARTING_SUFFIX.length());
                if (!StateFolder.isLive(this, slice)) {
                    Files.deleteIfExists(log);
                }
            }
        }
    }

    /**
     * Removes processes, folders and empty cgroups of slices whose keeper is gone; returns their
     * names.
     */
    public List<String> removeStale() throws IOException {
        List<String> removed = new ArrayList<>();
        for (Slice slice : slices()) {
            Optional<StateFolder> taken = slice.live() ? Optional.empty() : take(slice.name());
            if (taken.isPresent()) {
                taken.get().remove();
                Cgroup.removeEmpty(slice.name());
                removed.add(slice.name());
            }
        }
        removeStartingLogs();
        return removed;
    }
}
