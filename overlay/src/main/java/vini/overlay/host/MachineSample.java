package vini.overlay.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a machine's processors have done up to a moment, and what its clocks say then.
 *
 * @param busyTicks of all processors, those for others included
 * @param stolenTicks when a processor was wanted, and the machine below had none to give
 * @param allTicks busy, stolen and idle
 * @param withheldNanos for which the quota of a control group kept a process of ours from a
 *     processor, see {@link CgroupThrottle}
 * @param wallNanos time of day
 * @param monotonicNanos that nobody sets; the same in all processes
 */
public record MachineSample(
        long busyTicks,
        long stolenTicks,
        long allTicks,
        long withheldNanos,
        long wallNanos,
        long monotonicNanos) {
    private static final Path STAT = Path.of("/proc/stat");
    private static final int IDLE = 4;
    private static final int WAITING = 5;
    private static final int STOLEN = 8;

    /** That of this machine, now. */
    public static MachineSample now() throws IOException {
        String stat = Files.readString(STAT);
        return of(
                stat,
                CgroupThrottle.nanos(),
                System.currentTimeMillis() * 1_000_000,
                System.nanoTime());
    }

    /**
     * Reads the first line of {@code /proc/stat}, proc_stat(5): {@code cpu USER NICE SYSTEM IDLE
     * IOWAIT IRQ SOFTIRQ STEAL ...}.
     */
    static MachineSample of(String stat, long withheldNanos, long wallNanos, long monotonicNanos)
            throws IOException {
        String[] word = stat.lines().findFirst().orElse("").split(" +", -1);
        if (word.length <= STOLEN || !word[0].equals("cpu")) {
            throw new IOException("/proc/stat does not tell what the processors do");
        }
        long all = 0;
        for (int i = 1; i <= STOLEN; i++) { // what follows is part of these already
            all += Long.parseLong(word[i]);
        }
        long stolen = Long.parseLong(word[STOLEN]);
        long idle = Long.parseLong(word[IDLE]) + Long.parseLong(word[WAITING]);
        return new MachineSample(
                all - idle - stolen, stolen, all, withheldNanos, wallNanos, monotonicNanos);
    }
}
