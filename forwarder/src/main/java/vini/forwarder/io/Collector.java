package vini.forwarder.io;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;

/**
 * The thread of Java's that collects garbage while all others stand still (the serial collector's,
 * and what stops them for any collector). While it waits for a processor, so does each packet: it
 * goes before others as the threads do that move packets.
 */
final class Collector {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final File THREADS = new File("/proc/self/task");
    private static final String NAME = "VM Thread";

    private Collector() {}

    /**
     * Gives it a nice value of -20 to 19.
     *
     * @throws LibcException this user may not
     */
    static void nice(int value) throws LibcException {
        String[] threads = THREADS.list();
        if (threads == null) {
            return; // no /proc: it goes as it is
        }
        for (String thread : threads) {
            if (name(thread).equals(NAME)) {
                Libc.nice(Integer.parseInt(thread), value);
            }
        }
    }

    private static String name(String thread) {
        try {
            return Files.readString(THREADS.toPath().resolve(thread).resolve("comm")).strip();
        } catch (IOException e) {
            LOG.debug("thread {} has just ended: {}", thread, e.getMessage());
            return "";
        }
    }
}
