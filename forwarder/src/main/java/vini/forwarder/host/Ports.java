package vini.forwarder.host;

import java.io.IOException;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/** Ephemeral ports, from the range of RFC 6335 6, by chance (RFC 6056 3.3.1). */
public final class Ports {
    private static final int FIRST = 49152;
    private static final int COUNT = 16384;

    private Ports() {}

    /** A port that is not {@code taken}. */
    public static int free(RandomGenerator random, IntPredicate taken) throws IOException {
        int offset = random.nextInt(COUNT);
        for (int i = 0; i < COUNT; i++) {
            int port = FIRST + (offset + i) % COUNT;
            if (!taken.test(port)) {
                return port;
            }
        }
        throw new IOException("no free port in " + FIRST + "-" + (FIRST + COUNT - 1));
    }
}
