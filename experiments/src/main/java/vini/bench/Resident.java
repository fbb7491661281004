package vini.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much of the machine's memory is a process's own: heap, direct memory, its stacks. */
final class Resident {
    private Resident() {}

    /** In KiB, files that it has mapped left out. */
    static double kib(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("RssAnon:")) {
                return Double.parseDouble(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("this kernel does not say what process " + pid + " holds");
    }
}
