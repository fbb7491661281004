package vini.overlay.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How long the quota of a control group has kept its processes from running, as in a container with
 * a limit. Version 2 counts microseconds (Documentation/admin-guide/cgroup-v2.rst, {@code
 * cpu.stat}), version 1 nanoseconds (Documentation/scheduler/sched-bwc.rst).
 */
final class CgroupThrottle {
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");
    private static final Path OWN = Path.of("/proc/self/cgroup");
    private static final long MICROSECOND_NANOS = 1000;

    private CgroupThrottle() {}

    /**
     * That of this process so far, added up over the processors, in nanoseconds; of the groups
     * around it the most. 0 where there are no groups, or none has a quota.
     */
    static long nanos() {
        try {
            return nanos(Files.readString(OWN), GROUPS);
        } catch (IOException e) {
            return 0; // a kernel without control groups
        }
    }

    /**
     * Likewise.
     *
     * @param own what cgroups(7) says of {@code /proc/PID/cgroup}: {@code NUMBER:CONTROLLERS:PATH}
     * @param groups where the hierarchies are mounted
     */
    static long nanos(String own, Path groups) {
        long most = 0;
        for (String line : own.split("\n", -1)) {
            String[] word = line.split(":", 3);
            if (word.length == 3) {
                for (Path root : roots(word[1], groups)) {
                    most = Math.max(most, upFrom(root.resolve("." + word[2]).normalize(), root));
                }
            }
        }
        return most;
    }

    /** Where the hierarchy of those controllers may be mounted. */
    private static List<Path> roots(String controllers, Path groups) {
        if (controllers.isEmpty()) {
            return List.of(groups, groups.resolve("unified"));
        }
        List<Path> roots = new ArrayList<>();
        if (List.of(controllers.split(",", -1)).contains("cpu")) {
            roots.add(groups.resolve(controllers));
        }
        return roots;
    }

    /** The most of a group and of those around it. */
    private static long upFrom(Path group, Path root) {
        long most = 0;
        for (Path at = group; at != null && at.startsWith(root); at = at.getParent()) {
            most = Math.max(most, of(at.resolve("cpu.stat")));
        }
        return most;
    }

    private static long of(Path stat) {
        String text;
        try {
            text = Files.readString(stat);
        } catch (IOException e) {
            return 0; // no controller there
        }
        for (String line : text.split("\n", -1)) {
            String[] word = line.split(" ", -1);
            if (word.length == 2 && word[1].matches("[0-9]{1,18}")) {
                if (word[0].equals("throttled_usec")) {
                    return Long.parseLong(word[1]) * MICROSECOND_NANOS;
                }
                if (word[0].equals("throttled_time")) {
                    return Long.parseLong(word[1]);
                }
            }
        }
        return 0;
    }
}
