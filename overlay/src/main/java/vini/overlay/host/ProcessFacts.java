package vini.overlay.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the kernel says of a process in proc(5).
 *
 * @param residentBytes memory of it that is in RAM, shared pages counted whole
 * @param proportionalBytes the same with shared pages divided by their users; equal to {@code
 *     residentBytes} where the kernel does not tell
 * @param cpuNanos processor time of all its threads, in steps of 10 ms
 * @param startedTicks when it began, in ticks since boot: together with {@code pid} it names one
 *     process for ever
 */
public record ProcessFacts(
        long pid, long residentBytes, long proportionalBytes, long cpuNanos, long startedTicks) {
    /** USER_HZ, which is 100 on every Linux that we run on. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long KIB = 1024;

    // Fields of /proc/PID/stat, counted from the one after the command in parentheses.
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int STARTED_TICKS = 19;

    /** Empty when there is no such process. */
    public static Optional<ProcessFacts> of(long pid) {
        Path folder = Path.of("/proc", Long.toString(pid));
        try {
            String stat = Files.readString(folder.resolve("stat"));
            long resident = field(Files.readAllLines(folder.resolve("status")), "VmRSS:");
            return Optional.of(parse(pid, stat, resident, proportional(folder, resident)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static ProcessFacts parse(long pid, String stat, long residentBytes, long proportionalBytes) {
        // A command may hold spaces and parentheses: the last one ends it.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1);
        long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
        return new ProcessFacts(
                pid,
                residentBytes,
                proportionalBytes,
                ticks * TICK_NANOS,
                Long.parseLong(fields[STARTED_TICKS]));
    }

    private static long proportional(Path folder, long otherwise) {
        try {
            long bytes = field(Files.readAllLines(folder.resolve("smaps_rollup")), "Pss:");
            return bytes == 0 ? otherwise : bytes;
        } catch (IOException e) {
            return otherwise; // another user's process
        }
    }

    /** Such as {@code VmRSS: 1234 kB}; 0 where the line is missing. */
    static long field(List<String> lines, String name) {
        for (String line : lines) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB;
            }
        }
        return 0;
    }
}
