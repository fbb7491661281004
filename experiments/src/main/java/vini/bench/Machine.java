package vini.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The machine, as it was before anything was measured.
 *
 * @param processors that may be used
 * @param kernel its release
 * @param java its version
 * @param load of the last minute, as uptime(1) says
 * @param busy share of all processors that was used during a second of doing nothing here, 0-1
 */
public record Machine(int processors, String kernel, String java, double load, double busy) {
    private static final double QUIET = 0.05;
    private static final long LOOK_MS = 1000;

    /** Looks at it, which takes a second. */
    public static Machine look() throws IOException, InterruptedException {
        int processors = Runtime.getRuntime().availableProcessors();
        String load = Files.readString(Path.of("/proc/loadavg"));
        double before = Processor.machineSeconds();
        long begin = System.nanoTime();
        Thread.sleep(LOOK_MS);
        double elapsed = Processor.seconds(System.nanoTime() - begin);
        double busy = (Processor.machineSeconds() - before) / elapsed / processors;
        return new Machine(
                processors,
                System.getProperty("os.version", "?"),
                Runtime.version().toString(),
                Double.parseDouble(load.substring(0, load.indexOf(' '))),
                Math.clamp(busy, 0, 1));
    }

    /** Whether nobody else uses it: else absolute figures are not worth much. */
    public boolean isQuiet() {
        return busy <= QUIET;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d processors, Linux %s, Java %s; load %.2f, %.0f %% busy before",
                processors,
                kernel,
                java,
                load,
                busy * 100);
    }
}
