package vini.experiment.probe;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** A probe in a run. It lives on the thread of the world's clock. */
public interface RunningProbe {
    /** Reads what its apps have seen since the last time, and tells the run's listener. */
    default void poll() throws IOException {}

    /** Stops its apps; what they have seen can still be read. */
    void stop() throws IOException;

    /** An app of it has just died with what hosted it, and nobody asks any of them again. */
    default void gone() {}

    /** Whether nothing more is to come of it after {@link #stop}. */
    default boolean isOver() {
        return true;
    }

    /** The apps that it has at hosts. */
    default ProbeApps apps() {
        return ProbeApps.NONE;
    }

    /** Whether it ends when the forwarder dies, because its apps live there. */
    default boolean isInForwarder() {
        return apps().isInForwarder();
    }

    /** What FIBs hash of its packets, as {@link vini.net.FlowHash} wants it; 0 while unknown. */
    default int ports() {
        return apps().ports();
    }

    /** What it saw and could not keep: holes in its file. */
    default long lost() {
        return apps().lost();
    }

    /**
     * The lines of its file in the run folder that are known and that no call gave before, header
     * first: what is left of it if the run is killed. What comes late is in {@link #lines} only.
     *
     * @return to be asked once, on any thread
     */
    Supplier<List<String>> settled();

    /** Whether {@link #settled} gives all lines each time, in the place of those before. */
    default boolean settlesAnew() {
        return false;
    }

    /** The lines of its file in the run folder, header first. */
    List<String> lines();
}
