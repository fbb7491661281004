package vini.forwarder.io;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * How a process and the keeper that started it stand together: the process says {@code ready} on
 * its standard output, and the keeper holds its standard input open for as long as it lives.
 */
public final class KeeperStreams {
    private KeeperStreams() {}

    /** Says that all sockets are served; returns when the keeper has gone. */
    public static void serveUntilTheKeeperEnds() throws IOException {
        new PrintStream(System.out, true, StandardCharsets.UTF_8).println("ready");
        while (System.in.read() >= 0) {
            // Nobody says anything here; the end of file is the message.
        }
    }
}
