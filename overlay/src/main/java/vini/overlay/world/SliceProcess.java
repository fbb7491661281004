package vini.overlay.world;

import java.util.Locale;

/** One of the two processes of a slice. */
public enum SliceProcess {
    /** It moves the packets of all nodes, and runs their builtin hosts. */
    FORWARDER,
    /** It has the routers of all nodes. */
    ROUTER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
