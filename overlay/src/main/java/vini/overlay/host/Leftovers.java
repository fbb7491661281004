package vini.overlay.host;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Processes of a slice whose keeper was killed. They end by themselves when their standard input
 * does, but for one that hangs or is stopped.
 */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    /** Arguments of a slice's process end with its folder and its seed. */
    private static final int FOLDER_FROM_LAST = 2;

    private Leftovers() {}

    /** Kills them; the caller holds the slice's lock, so that none of them has a keeper. */
    static void kill(Path folder) throws IOException {
        try (DirectoryStream<Path> processes =
                Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (belongsTo(folder, process)) {
                    LOG.info("killing {}, which has outlived its keeper", process.getFileName());
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(ProcessHandle::destroyForcibly);
                }
            }
        }
    }

    private static boolean belongsTo(Path folder, Path process) {
        try {
            String line = Files.readString(process.resolve("cmdline"));
            List<String> words = List.of(line.split("\0", -1));
            int last = words.size() - 1; // what follows the last NUL: nothing
            return last > FOLDER_FROM_LAST
                    && words.get(last - FOLDER_FROM_LAST).equals(folder.toString());
        } catch (IOException e) {
            return false; // it has ended, or is no text and none of ours
        }
    }
}
