package vini.cli;

import vini.forwarder.io.ProcessCalls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Files that root made for somebody who said {@code sudo} belong to that somebody. */
final class SudoUser {
    private SudoUser() {}

    /**
     * Makes a folder and those above it; the new ones belong to the user behind {@code sudo}, if
     * the one that they are in does. Returns the new ones, from above to below.
     */
    static List<Path> createDirectories(Path folder, Map<String, String> environment)
            throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        Path at = folder.toAbsolutePath().normalize();
        while (at != null && Files.notExists(at)) {
            missing.push(at);
            at = at.getParent();
        }
        Files.createDirectories(folder);
        for (Path made : missing) {
            own(made, environment);
        }
        return List.copyOf(missing);
    }

    /**
     * Gives what root made, a file, a link or a folder with all in it, to the user behind {@code
     * sudo}. Without sudo, or in a folder that is not the user's, nothing happens.
     */
    static void own(Path made, Map<String, String> environment) throws IOException {
        String user = environment.get("SUDO_UID");
        String group = environment.get("SUDO_GID");
        Path folder = made.toAbsolutePath().normalize().getParent();
        if (user == null
                || group == null
                || folder == null
                || ProcessCalls.geteuid() != 0
                || owner(folder) != Integer.parseInt(user)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(made)) {
            all = files.toList();
        }
        for (Path file : all) {
            give(file, Integer.parseInt(user), Integer.parseInt(group));
        }
    }

    private static int owner(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private static void give(Path file, int user, int group) throws IOException {
        Files.setAttribute(file, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
    }
}
