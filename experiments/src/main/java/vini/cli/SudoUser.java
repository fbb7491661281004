package vini.cli;

import vini.forwarder.io.Libc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Files that root made for somebody who said {@code sudo} belong to that somebody. */
final class SudoUser {
    private SudoUser() {}

    /**
     * Gives a file, or a folder with all in it, to the user behind {@code sudo}, and the folder
     * above it if root made that, too. Without sudo nothing happens.
     */
    static void own(Path made, Map<String, String> environment) throws IOException {
        String user = environment.get("SUDO_UID");
        String group = environment.get("SUDO_GID");
        if (user == null || group == null || Libc.geteuid() != 0) {
            return;
        }
        Path folder = made.toAbsolutePath().normalize().getParent();
        if (folder == null || !isWithin(folder, Integer.parseInt(user))) {
            return; // Root's own place, or the whole machine's: then root's it stays.
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(made)) {
            all = files.toList();
        }
        for (Path file : all) {
            give(file, Integer.parseInt(user), Integer.parseInt(group));
        }
        give(folder, Integer.parseInt(user), Integer.parseInt(group));
    }

    /** Whether the folder, or the one above it, is the user's. */
    private static boolean isWithin(Path folder, int user) throws IOException {
        Path above = folder.getParent();
        return owner(folder) == user || (above != null && owner(above) == user);
    }

    private static int owner(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private static void give(Path file, int user, int group) throws IOException {
        Files.setAttribute(file, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
    }
}
