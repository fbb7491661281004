package vini.overlay.world;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A host on which a probe's apps run, {@link vini.forwarder.host.app.HostApps}: in the namespace of
 * a kernel host or an outside host, or beside a builtin one in the forwarder.
 */
public interface Host {
    /**
     * Starts an app.
     *
     * @param name by which it is stopped and its log is read; of its own at this host
     * @param kind {@code ping}, {@code send}, {@code receive}, ...
     * @param arguments its keywords, such as {@code DST 10.77.0.7, EVERY 100ms}
     */
    void start(String name, String kind, String arguments) throws IOException;

    /** Stops an app; its log can still be read. */
    void stop(String name) throws IOException;

    /** Forgets an app that was stopped, and its log. */
    void remove(String name) throws IOException;

    /** Stops an app and forgets it. */
    default void end(String name) throws IOException {
        stop(name);
        remove(name);
    }

    /** Whether its apps live in the forwarder and die with it, not to come back. */
    boolean isInForwarder();

    /**
     * The log of an app from record {@code from} on: a line {@code log FIRST NEXT LOST}, records.
     */
    String log(String name, long from) throws IOException;

    /**
     * Starts a real program, which knows all nodes and outside hosts by their names. It ends with
     * this process, however that ends.
     *
     * @param command the program, looked up as a shell does it, and its arguments
     * @param folder its working folder, which exists
     * @throws IOException it cannot be started, or no program runs on such a host
     */
    Program run(List<String> command, Path folder, Program.Listener listener) throws IOException;
}
