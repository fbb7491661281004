package vini.experiment.probe;

import java.io.IOException;
import java.util.List;

/** A probe in a run. It lives on the thread of the world's clock. */
public interface RunningProbe {
    /** Reads what its apps have seen since the last time, and tells the run's listener. */
    void poll() throws IOException;

    /** Stops its apps; what they have seen can still be read. */
    void stop() throws IOException;

    /** Whether nothing more is to come of it after {@link #stop}. */
    default boolean isOver() {
        return true;
    }

    /** Whether it ends when the forwarder dies, because its apps live there. */
    boolean isInForwarder();

    /** What FIBs hash of its packets, as {@link vini.net.FlowHash} wants it; 0 while unknown. */
    int ports();

    /** Records of its apps that were overwritten before they were read: holes in its file. */
    long lost();

    /** The lines of its file in the run folder, header first. */
    List<String> lines();
}
